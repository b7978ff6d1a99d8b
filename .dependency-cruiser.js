/** The folders of `src/`, from the top floor down. Each may import from those below it. */
const floors = [
  'commands',
  'origins',
  'health',
  'products',
  'posts',
  'categories',
  'accounts',
  'authentication',
  'users',
  'passwords',
  'rate-limits',
  'mail',
  'idempotency',
  'pagination',
  'conditional-requests',
  'openapi',
  'cross-origin',
  'traces',
  'http',
  'start-up',
  'validation',
  'problems',
  'database',
  'logging',
  'metrics',
  'config',
  'origin-rules',
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const arrowsPointDown = floors.slice(1).map((folder, index) => ({
  name: `${folder}-knows-no-folder-above-it`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  // Entities may name entities: `Relation<T>`, and the list of them for TypeORM.
  to: { path: `^src/((${floors.slice(0, index + 1).join('|')})/|[^/]+$)`, pathNot: '\\.entity\\.ts$' },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...arrowsPointDown,
    {
      name: 'every-folder-has-a-floor',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${floors.join('|')})/` },
    },
    {
      name: 'no-cycle',
      comment: 'Entities may name entities (`Relation<T>` with `import type`); nothing else may form a ring.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$' } },
    },
    {
      name: 'source-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/|\\.spec\\.ts$' },
    },
    {
      name: 'frontend-knows-the-wire-alone',
      comment: 'It is another program: what it knows of the API are generated types.',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: '^(src|test|bench)/' },
    },
    {
      name: 'frontend-api-knows-no-react',
      comment: 'So that it can be copied to a frontend made of something else.',
      severity: 'error',
      from: { path: '^frontend/src/api/' },
      to: { path: '^frontend/src/(?!api/)|node_modules/(react|@tanstack)' },
    },
    {
      name: 'browser-verdict-knows-nobody',
      comment: 'A package of its own, that knows nothing of this API.',
      severity: 'error',
      from: { path: '^browser-verdict/' },
      to: { path: '^(src|test|bench|frontend)/' },
    },
    {
      name: 'rules-run-in-a-page',
      comment: 'What `browser-verdict` exports at its top needs no Node.js.',
      severity: 'error',
      from: { path: '^browser-verdict/src/(rules|cookies|reasons|verdict)/' },
      to: { path: '^browser-verdict/src/(page|doctor|cli)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-import-no-node',
      severity: 'error',
      from: { path: '^browser-verdict/src/(rules|cookies|reasons|verdict)/' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, path: '^src/', pathNot: '\\.spec\\.ts$' }, to: {} },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
