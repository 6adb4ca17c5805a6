import {
  POD_TEMPLATE_HASH_LABEL,
  type AntiAffinity,
  type PodTemplateSpec,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

interface PodAffinityTerm {
  labelSelector?: {
    matchExpressions?: { key?: string; operator?: string; values?: string[] }[];
  };
  topologyKey?: string;
  namespaces?: string[];
}

interface PodAntiAffinity {
  [REQUIRED]?: PodAffinityTerm[];
  [PREFERRED]?: { weight?: number; podAffinityTerm?: PodAffinityTerm }[];
}

interface Affinity {
  podAntiAffinity?: PodAntiAffinity;
}

function isInjected(term: PodAffinityTerm | undefined): boolean {
  return (term?.labelSelector?.matchExpressions ?? []).some(
    each => each.key === POD_TEMPLATE_HASH_LABEL,
  );
}

function affinityOf({ spec }: PodTemplateSpec): Affinity {
  return (spec.affinity ?? {}) as Affinity;
}

/** The template without the rule, as its author wrote it. */
export function withoutAntiAffinity(
  template: PodTemplateSpec,
): PodTemplateSpec {
  const { podAntiAffinity, ...rest } = affinityOf(template);
  if (!podAntiAffinity) return template;
  const required = podAntiAffinity[REQUIRED];
  const preferred = podAntiAffinity[PREFERRED];
  const kept = {
    ...podAntiAffinity,
    ...(required
      ? { [REQUIRED]: required.filter(each => !isInjected(each)) }
      : {}),
    ...(preferred
      ? {
          [PREFERRED]: preferred.filter(
            each => !isInjected(each.podAffinityTerm),
          ),
        }
      : {}),
  };
  return {
    ...template,
    spec: { ...template.spec, affinity: { ...rest, podAntiAffinity: kept } },
  };
}

/** What the strategy asks for. */
export function antiAffinityOf({ spec }: Rollout): AntiAffinity | undefined {
  const { canary, blueGreen } = spec.strategy ?? {};
  return canary?.antiAffinity ?? blueGreen?.antiAffinity;
}

/**
 * The template with a rule that keeps its pods away from the nodes of the
 * stable ones, so that these nodes can go with them. The author's own rules
 * stay. Source: docs, features/anti-affinity.
 *
 * @param stableHash - of the revision to keep away from; undefined: none
 */
export function withAntiAffinity(
  rollout: Rollout,
  template: PodTemplateSpec,
  stableHash: string | undefined,
): PodTemplateSpec {
  const antiAffinity = antiAffinityOf(rollout);
  if (!antiAffinity || !stableHash) return template;
  const term: PodAffinityTerm = {
    labelSelector: {
      matchExpressions: [
        {
          key: POD_TEMPLATE_HASH_LABEL,
          operator: 'In',
          values: [stableHash],
        },
      ],
    },
    topologyKey: 'kubernetes.io/hostname',
    namespaces: [rollout.metadata.namespace ?? ''],
  };
  const affinity = affinityOf(template);
  const own = affinity.podAntiAffinity ?? {};
  const preferred = antiAffinity[PREFERRED];
  return {
    ...template,
    spec: {
      ...template.spec,
      affinity: {
        ...affinity,
        podAntiAffinity: preferred
          ? {
              ...own,
              [PREFERRED]: [
                ...(own[PREFERRED] ?? []),
                { weight: preferred.weight, podAffinityTerm: term },
              ],
            }
          : { ...own, [REQUIRED]: [...(own[REQUIRED] ?? []), term] },
      },
    },
  };
}
