interface BylineProps {
  /** Null once the account is deleted. */
  by: { name: string } | null;
  at: string;
  categories?: { id: number; name: string }[];
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

export function Byline({ by, at, categories = [] }: BylineProps) {
  return (
    <p className="byline">
      {by?.name ?? 'Somebody who left'} · <time dateTime={at}>{format.format(new Date(at))}</time>{' '}
      {categories.map(({ id, name }) => (
        <span className="tag" key={id}>
          {name}
        </span>
      ))}
    </p>
  );
}
