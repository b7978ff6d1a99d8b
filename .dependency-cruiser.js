/** Arrows point one way: features -> authentication, users -> cross-origin -> database, http, config. */
const features = 'posts|categories|products|health';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Entities may name entities (`Relation<T>` with `import type`); nothing else may form a ring.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$' } },
    },
    {
      name: 'ground-floor-knows-nobody',
      comment: 'config, database and http know no feature.',
      severity: 'error',
      from: { path: '^src/(config|http)/' },
      to: { path: `^src/(${features}|authentication|users)/` },
    },
    {
      name: 'cross-origin-knows-no-feature',
      severity: 'error',
      from: { path: '^src/cross-origin/' },
      to: { path: `^src/(${features}|authentication|users)/` },
    },
    {
      name: 'users-and-authentication-know-no-feature',
      severity: 'error',
      from: { path: '^src/(users|authentication)/' },
      to: { path: `^src/(${features})/` },
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
