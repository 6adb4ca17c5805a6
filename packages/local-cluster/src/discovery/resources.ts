import { KindRegistry, ServedKind } from '../kinds/kindRegistry';

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** A subresource as discovery lists it. */
export interface Subresource {
  name: string;
  kind: string;
  group?: string;
  version?: string;
  verbs: string[];
}

/** A resource as discovery lists it, in one group and version. */
export interface DiscoveredResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: Subresource[];
}

/** Things that can only be created, and are answered at once. */
export const REVIEWS: Readonly<Record<string, Record<string, string>>> = {
  'authorization.k8s.io/v1': {
    selfsubjectaccessreviews: 'SelfSubjectAccessReview',
    selfsubjectrulesreviews: 'SelfSubjectRulesReview',
    subjectaccessreviews: 'SubjectAccessReview',
  },
  'authentication.k8s.io/v1': {
    tokenreviews: 'TokenReview',
    selfsubjectreviews: 'SelfSubjectReview',
  },
};

/** `{ group, versions: { v1: […] } }` for every group, the core group first. */
export interface DiscoveredGroup {
  group: string;
  /** In order of preference. */
  versions: { version: string; resources: DiscoveredResource[] }[];
}

export function discoverGroups(kinds: KindRegistry): DiscoveredGroup[] {
  const groups = new Map<string, Map<string, DiscoveredResource[]>>();
  const add = (group: string, version: string, found: DiscoveredResource) => {
    const versions = groups.get(group) ?? new Map();
    groups.set(group, versions);
    versions.set(version, [...(versions.get(version) ?? []), found]);
  };
  for (const kind of kinds.all()) {
    for (const version of kind.versions) {
      if (!version.served) continue;
      add(kind.group, version.name, describe({ kind, version }));
    }
  }
  for (const [groupVersion, reviews] of Object.entries(REVIEWS)) {
    const [group, version] = groupVersion.split('/') as [string, string];
    for (const [name, kind] of Object.entries(reviews)) {
      add(group, version, {
        name,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
        shortNames: [],
        categories: [],
        subresources: [],
      });
    }
  }
  return [...groups].map(([group, versions]) => ({
    group,
    versions: [...versions].map(([version, resources]) => ({
      version,
      resources: resources.sort((left, right) =>
        left.name < right.name ? -1 : 1,
      ),
    })),
  }));
}

function describe({ kind, version }: ServedKind): DiscoveredResource {
  const subresources: Subresource[] = [];
  if (version.status) {
    subresources.push({
      name: 'status',
      kind: kind.kind,
      verbs: SUBRESOURCE_VERBS,
    });
  }
  if (version.scale) {
    subresources.push({
      name: 'scale',
      kind: 'Scale',
      group: 'autoscaling',
      version: 'v1',
      verbs: SUBRESOURCE_VERBS,
    });
  }
  if (kind.group === '' && kind.kind === 'Pod') {
    subresources.push(
      { name: 'binding', kind: 'Binding', verbs: ['create'] },
      {
        name: 'eviction',
        kind: 'Eviction',
        group: 'policy',
        version: 'v1',
        verbs: ['create'],
      },
      { name: 'log', kind: 'Pod', verbs: ['get'] },
    );
  }
  if (kind.group === '' && kind.kind === 'Namespace') {
    subresources.push({
      name: 'finalize',
      kind: 'Namespace',
      verbs: ['update'],
    });
  }
  return {
    name: kind.resource,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: VERBS,
    shortNames: kind.shortNames,
    categories: kind.categories,
    subresources: subresources.sort((left, right) =>
      left.name < right.name ? -1 : 1,
    ),
  };
}
