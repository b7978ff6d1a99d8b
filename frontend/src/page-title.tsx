/** What the tab and the history of the browser show for a page. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · Cross-origin API`}</title>;
}
