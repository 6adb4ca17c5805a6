import {
  INSTANCE_ID_LABEL,
  type AnalysisRun,
  type ExperimentAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { overrideArguments } from '../../analysis/build/mergeArguments';
import {
  collectTemplates,
  mergeTemplates,
} from '../../analysis/build/mergeTemplates';
import { experimentReference } from '../ownership';
import type { ExperimentSnapshot } from '../snapshot';
import { resolveArguments } from './runArguments';

/**
 * The AnalysisRun of one of the experiment's analyses, ready to be created:
 * owned by the experiment, with the templates merged and the arguments
 * resolved except those that come from a secret.
 *
 * @throws AnalysisBuildError when a template is missing, two of them clash, or
 * an argument has no value.
 */
export function buildRun(
  snapshot: ExperimentSnapshot,
  analysis: ExperimentAnalysis,
  name: string,
): AnalysisRun {
  const { metadata, spec } = snapshot.experiment;
  const merged = mergeTemplates(collectTemplates([analysis], snapshot));
  const args = overrideArguments(
    merged.args ?? [],
    resolveArguments(snapshot, analysis.args ?? []),
  );
  const dryRun = [...(merged.dryRun ?? []), ...(spec.dryRun ?? [])];
  const retention = [
    ...(merged.measurementRetention ?? []),
    ...(spec.measurementRetention ?? []),
  ];
  const instanceId = metadata.labels?.[INSTANCE_ID_LABEL];
  const labels = {
    ...(instanceId ? { [INSTANCE_ID_LABEL]: instanceId } : {}),
    ...spec.analysisRunMetadata?.labels,
  };
  const annotations = { ...spec.analysisRunMetadata?.annotations };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: {
      name,
      namespace: metadata.namespace,
      ...(Object.keys(labels).length ? { labels } : {}),
      ...(Object.keys(annotations).length ? { annotations } : {}),
      ownerReferences: [experimentReference(snapshot.experiment)],
    },
    spec: {
      metrics: merged.metrics,
      ...(args.length ? { args } : {}),
      ...(dryRun.length ? { dryRun } : {}),
      ...(retention.length ? { measurementRetention: retention } : {}),
    },
  };
}
