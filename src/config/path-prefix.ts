/** The path below which browsers see this API: empty, or `/api` behind a proxy that adds it. Without a slash at its end. */
export function pathPrefix({ pathname }: URL): string {
  return pathname.replace(/\/+$/, '');
}
