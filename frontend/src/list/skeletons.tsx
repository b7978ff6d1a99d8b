/** Cards without content, while the content loads. Hidden from screen readers: the status says that it loads. */
export function Skeletons({ count }: { count: number }) {
  return (
    <div className="list" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div className="card skeleton" key={index}>
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
