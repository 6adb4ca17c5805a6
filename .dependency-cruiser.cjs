/**
 * The direction of dependencies (docs/architecture.md): each room may import
 * only from the rooms listed for it. Tests may also start a local cluster.
 */
const rooms = {
  'plugins/rollouts-common': [],
  'plugins/rollouts-node': ['plugins/rollouts-common', 'packages/delivery'],
  'packages/kube': ['plugins/rollouts-common'],
  'packages/delivery': ['packages/kube', 'plugins/rollouts-common'],
  'packages/local-cluster': [],
  // The preview only lazily: docs/decisions/0013.
  'plugins/rollouts': [
    'plugins/rollouts-common',
    'packages/delivery/src/preview',
  ],
  'plugins/scaffolder-backend-module-rollouts': ['plugins/rollouts-common'],
  'plugins/rollouts-backend': [
    'plugins/rollouts-common',
    'plugins/rollouts-node',
    'packages/kube',
    'packages/delivery',
  ],
};
const testFile = '\\.test\\.tsx?$|/testing/|/__fixtures__/|/__testUtils__/';

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `direction:${room}`,
      comment: `${room} may import from: ${allowed.join(', ') || 'no other room'}`,
      severity: 'error',
      from: { path: `^${room}/(src|dev)/`, pathNot: testFile },
      to: {
        path: '^(packages|plugins|e2e)/',
        pathNot: [room, ...allowed].map(r => `^${r}/`),
      },
    })),
    {
      name: 'direction:tests',
      comment:
        'Tests may use what their room may use, and the local cluster; the local cluster itself stays alone.',
      severity: 'error',
      from: { path: '^packages/local-cluster/src/' },
      to: {
        path: '^(packages|plugins|e2e)/',
        pathNot: '^packages/local-cluster/',
      },
    },
    {
      name: 'preview-is-lazy',
      comment:
        'The frontend loads lint and simulation when somebody needs them, not before.',
      severity: 'error',
      from: { path: '^plugins/rollouts/(src|dev)/', pathNot: testFile },
      to: {
        path: '^packages/delivery/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(packages|plugins|e2e)/' },
      to: { circular: true },
    },
    {
      name: 'planner-is-pure',
      comment: 'Decisions in delivery know no clock, no network and no driver.',
      severity: 'error',
      from: {
        path: '^packages/delivery/src/(rollout|analysis|experiment|traffic|simulate|lint)/',
        pathNot: testFile,
      },
      to: {
        path: '^packages/delivery/src/(live|cli)/|^(node:)?(http|https|net|tls|timers|fs)(/|$)',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-types|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      mainFields: ['types', 'main'],
    },
  },
};
