import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];

const howToLogIn =
  'To log in, send `POST /authentication/register` and `POST /authentication/log-in` with their examples: the browser keeps the ' +
  'cookies and sends them with every request of this page. "Authorize" is for a personal access token instead.';

/**
 * The document as Swagger UI shows it. No page can set the header `Cookie` (Fetch standard, "forbidden request-header"), so
 * "Authorize" asks for a token alone.
 */
export function toDocsDocument(document: OpenAPIObject): OpenAPIObject {
  const securitySchemes = { ...document.components?.securitySchemes };
  delete securitySchemes.session;
  return {
    ...document,
    info: { ...document.info, description: `${document.info.description ?? ''}\n\n${howToLogIn}` },
    components: { ...document.components, securitySchemes },
    security: document.security?.filter((requirement) => !('session' in requirement)),
    paths: Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [path, withoutSession(item)])),
  };
}

function withoutSession(item: PathItem): PathItem {
  const operations = (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
    const { [method]: operation } = item;
    const { security } = operation ?? {};
    if (operation === undefined || security === undefined) return [];
    return [
      [method, { ...operation, security: security.filter((requirement) => !('session' in requirement)) }] as const,
    ];
  });
  return { ...item, ...Object.fromEntries(operations) };
}
