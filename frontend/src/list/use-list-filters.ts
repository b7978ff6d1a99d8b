import { useParameters } from '../router/use-parameters';
import { useDebounced } from './use-debounced';

/**
 * What a list is filtered and sorted by, from the query of the address: only the parameters that the list knows. The API refuses
 * others, such as the `utm_source` of a link in a newsletter, and an order by relevance without a search.
 */
export function useListFilters<Filters extends { search?: string; sort?: string }>(
  names: (keyof Filters & string)[],
): Filters {
  const { parameters } = useParameters();
  const search = useDebounced(parameters.search ?? '') || undefined;
  const sort = parameters.sort === 'relevance' && search === undefined ? undefined : parameters.sort;
  return { ...Object.fromEntries(names.map((name) => [name, parameters[name]])), search, sort } as Filters;
}
