import {
  POD_TEMPLATE_HASH_LABEL,
  type AnalysisRun,
  type KubeObject,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { CheckedCluster } from './checkedCluster';
import { service, template, virtualService } from './demo';
import type { RandomRun } from './randomRun';

function tagOf({ spec }: ReplicaSet): string {
  return spec.template.spec.containers[0]?.image?.split(':')[1] ?? '';
}

/** A cluster that watches over the invariants, in which the run takes place. */
export function clusterOfRun(
  run: RandomRun,
  routes?: KubeObject[],
): CheckedCluster {
  const { name } = run.rollout.metadata;
  const tags = new Map<string, string>();
  return new CheckedCluster({
    rollout: run.rollout,
    services: [
      service(`${name}-stable`, name),
      service(`${name}-canary`, name),
      service(`${name}-active`, name),
      service(`${name}-preview`, name),
    ],
    routes:
      routes ??
      (run.rollout.spec.strategy?.canary?.trafficRouting
        ? [virtualService(name)]
        : []),
    analysisTemplates: [template()],
    podLife: replicaSet => {
      const tag = tagOf(replicaSet);
      tags.set(
        replicaSet.metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
        tag,
      );
      return run.broken.includes(tag) ? undefined : 3_000;
    },
    analysisFate: ({ metadata }: AnalysisRun) => {
      const hash = metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '';
      const ofExperiment = [...tags].find(([each]) =>
        metadata.name.includes(`-${each}-`),
      );
      const phase = run.fates[tags.get(hash) ?? ofExperiment?.[1] ?? ''];
      return phase && { phase, afterMilliseconds: 7_000 };
    },
  });
}
