import { replaceQuery, useQueryString } from './location';

/** The parameters in the query of the address, and functions that change them. An empty value removes a parameter. */
export function useParameters() {
  const queryString = useQueryString();
  const set = (changes: Record<string, string>) => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    replaceQuery(query.toString());
  };
  const parameters: Record<string, string | undefined> = Object.fromEntries(new URLSearchParams(queryString));
  return { parameters, set, clear: () => replaceQuery('') };
}
