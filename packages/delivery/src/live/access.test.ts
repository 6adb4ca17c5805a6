import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCES, type Resource } from '@progressive-delivery/kube';
import { parseAllDocuments, stringify } from 'yaml';
import {
  CORE_ACCESS,
  LEASE_ACCESS,
  ROUTING_ACCESS,
  SECRET_ACCESS,
  type KindAccess,
} from './access';

const SOURCES = join(__dirname, '..');
const DEPLOY = join(__dirname, '../../../../deploy');
const NAME = 'progressive-delivery-controller';
/** `UPDATE_MANIFESTS=1` writes the roles anew. */
const UPDATE = process.env.UPDATE_MANIFESTS !== undefined;

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

function ruleOf({ group }: Resource, resources: string, verbs: string[]): Rule {
  return { apiGroups: [group], resources: [resources], verbs };
}

const readRules = (all: readonly KindAccess[]): Rule[] =>
  all
    .filter(({ read }) => read.length)
    .map(({ resource, read }) => ruleOf(resource, resource.plural, read));

const writeRules = (all: readonly KindAccess[]): Rule[] =>
  all.flatMap(({ resource, write, subresources = {} }) => [
    ...(write.length ? [ruleOf(resource, resource.plural, write)] : []),
    ...Object.entries(subresources).map(([name, verbs]) =>
      ruleOf(resource, `${resource.plural}/${name}`, verbs),
    ),
  ]);

/** A role and its binding to the controller's account. */
function manifests(suffix: string, rules: Rule[], isClusterWide: boolean) {
  const kind = isClusterWide ? 'ClusterRole' : 'Role';
  const apiGroup = 'rbac.authorization.k8s.io';
  const metadata = { name: `${NAME}-${suffix}` };
  const apiVersion = `${apiGroup}/v1`;
  return [
    { apiVersion, kind, metadata, rules },
    {
      apiVersion,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup, kind, name: metadata.name },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: NAME,
          ...(isClusterWide ? { namespace: 'argo-rollouts' } : {}),
        },
      ],
    },
  ];
}

const ALL = [...CORE_ACCESS, ...ROUTING_ACCESS];
const inNamespaces = ALL.filter(({ resource }) => resource.namespaced);
const secretRules = readRules([SECRET_ACCESS]);
const FILES: [string, object[]][] = [
  [
    'base/lease.yaml',
    manifests(
      'lease',
      [
        ruleOf(LEASE_ACCESS.resource, LEASE_ACCESS.resource.plural, [
          ...LEASE_ACCESS.read,
          ...LEASE_ACCESS.write,
        ]),
      ],
      false,
    ),
  ],
  ['cluster/read.yaml', manifests('read', readRules(ALL), true)],
  ['cluster/write.yaml', manifests('write', writeRules(ALL), true)],
  ['cluster/secrets.yaml', manifests('secrets', secretRules, true)],
  ['namespaced/read.yaml', manifests('read', readRules(inNamespaces), false)],
  [
    'namespaced/write.yaml',
    manifests('write', writeRules(inNamespaces), false),
  ],
  ['namespaced/secrets.yaml', manifests('secrets', secretRules, false)],
];

/** All code of the controller that is no test. */
function code(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter(
      file =>
        file.endsWith('.ts') &&
        !/\.test\.ts$|__testUtils__|testing\/|access\.ts$/.test(file),
    )
    .map(file => readFileSync(join(SOURCES, file), 'utf8'))
    .join('\n');
}

const keysOf = (all: readonly KindAccess[]) =>
  all.map(
    ({ resource }) =>
      Object.entries(RESOURCES).find(([, each]) => each === resource)?.[0],
  );

describe('what the controller may do in a cluster', () => {
  it.each(FILES)('deploy/%s allows it, and nothing more', (file, wanted) => {
    const path = join(DEPLOY, file);
    const text = wanted.map(each => stringify(each)).join('---\n');
    if (UPDATE) writeFileSync(path, text);

    const documents = parseAllDocuments(readFileSync(path, 'utf8'));

    expect(documents.map(document => document.toJS())).toEqual(wanted);
  });

  it('is about every kind that its code names, and no other', () => {
    const named = new Set(
      [...code().matchAll(/RESOURCES\.(\w+)/g)].map(match => match[1]),
    );
    const mirrors = /export interface ClusterStores \{([\s\S]*?)\n\}/.exec(
      readFileSync(join(__dirname, 'clusterStores.ts'), 'utf8'),
    )?.[1];
    expect(mirrors).toBeDefined();
    for (const store of mirrors?.matchAll(/^ {2}(\w+): Store/gm) ?? []) {
      named.add(store[1]);
    }
    const allowed = keysOf([...CORE_ACCESS, SECRET_ACCESS]);

    expect(named.size).toBeGreaterThan(10);
    expect(
      [...named].filter(
        key => ![...allowed, ...keysOf(ROUTING_ACCESS)].includes(key),
      ),
    ).toEqual([]);
    expect(allowed.filter(key => !named.has(key))).toEqual([]);
  });

  it('is every write that its plans make, and no other', () => {
    const writes = new Set<string>();
    const source = code();
    for (const [, verb, key] of source.matchAll(
      /draft\s*\.(create|patch)\(\s*RESOURCES\.(\w+)/g,
    )) {
      writes.add(`${verb} ${key}`);
    }
    for (const [, verb, key] of source.matchAll(
      /draft\s*\.remove\(\s*'(delete|evict)',\s*RESOURCES\.(\w+)/g,
    )) {
      writes.add(`${verb} ${key}`);
    }
    // Those of the driver, which are few.
    for (const write of [
      'patch rollouts',
      'patch analysisRuns',
      'delete analysisRuns',
      'patch experiments',
      'create jobs',
      'delete jobs',
      'create events',
      'patch events',
    ]) {
      writes.add(write);
    }
    const allowed = CORE_ACCESS.flatMap(access => {
      const [key] = keysOf([access]);
      const evicts = access.subresources?.eviction ? ['evict'] : [];
      return [...access.write, ...evicts].map(verb => `${verb} ${key}`);
    });

    expect([...writes].filter(write => !allowed.includes(write))).toEqual([]);
    // Steps make and end experiments through the plans of their own.
    const unused = allowed.filter(
      write => !writes.has(write) && !write.endsWith(' experiments'),
    );
    expect(unused).toEqual([]);
  });
});
