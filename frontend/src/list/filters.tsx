import type { ComponentProps } from 'react';
import { useParameters } from '../router/use-parameters';

interface FilterProps {
  label: string;
  /** The parameter in the query of the address. */
  name: string;
}

/** Filters are in the address: so a filtered list can be reloaded, sent to others and found again with "back". */
export function TextFilter({ label, name, ...input }: FilterProps & ComponentProps<'input'>) {
  const { parameters, set } = useParameters();
  return (
    <label className="filter">
      <span>{label}</span>
      <input {...input} value={parameters[name] ?? ''} onChange={({ target }) => set({ [name]: target.value })} />
    </label>
  );
}

type Options = [value: string, text: string][];

/** @param options the value of the default is empty */
export function SelectFilter({ label, name, options }: FilterProps & { options: Options }) {
  const { parameters, set } = useParameters();
  return (
    <label className="filter">
      <span>{label}</span>
      <select value={parameters[name] ?? ''} onChange={({ target }) => set({ [name]: target.value })}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The matches of a search can be in the order of their relevance too. */
export function SortFilter({ options }: { options: Options }) {
  const isSearch = Boolean(useParameters().parameters.search);
  const all = isSearch ? [...options, ['relevance', 'Best match first'] as Options[number]] : options;
  return <SelectFilter label="Sort" name="sort" options={all} />;
}
