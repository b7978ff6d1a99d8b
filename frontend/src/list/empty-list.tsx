import { useParameters } from '../router/use-parameters';

/** Says what to do. */
export function EmptyList({ itemsName }: { itemsName: string }) {
  const { parameters, clear } = useParameters();
  const isFiltered = Object.keys(parameters).length > 0;
  return (
    <div className="card empty">
      <p>
        {isFiltered ? `No ${itemsName} match these filters.` : `There are no ${itemsName} yet. Create the first one.`}
      </p>
      {isFiltered && <button onClick={clear}>Clear the filters</button>}
    </div>
  );
}
