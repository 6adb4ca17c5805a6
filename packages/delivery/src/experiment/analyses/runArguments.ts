import type { AnalysisArgument } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AnalysisBuildError } from '../../analysis/build/AnalysisBuildError';
import { formatTime } from '../../rollout/time';
import { durationEnd } from '../ending';
import { objectOfTemplate } from '../ownership';
import type { ExperimentSnapshot } from '../snapshot';

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/**
 * What an argument of an experiment's analysis may refer to: pod hashes and
 * ReplicaSets of its templates, and when it became available and will end.
 * Source: docs, features/experiment, "Integration With Rollouts".
 */
function placeholders({
  experiment,
  replicaSets,
}: ExperimentSnapshot): Map<string, string> {
  const values = new Map<string, string>();
  const { status = {}, spec } = experiment;
  if (status.availableAt) {
    values.set('experiment.availableAt', status.availableAt);
  }
  const end = durationEnd(experiment, status);
  if (end !== undefined) values.set('experiment.finishedAt', formatTime(end));
  for (const { name } of spec.templates) {
    const replicaSet = objectOfTemplate(replicaSets, experiment, name);
    if (!replicaSet) continue;
    const { metadata } = replicaSet;
    values.set(
      `templates.${name}.podTemplateHash`,
      metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
    );
    values.set(`templates.${name}.replicaset.name`, metadata.name);
  }
  return values;
}

/**
 * The arguments with every placeholder filled in, in one pass: what is put in
 * is not looked at again.
 *
 * @throws AnalysisBuildError for a placeholder that means nothing here
 */
export function resolveArguments(
  snapshot: ExperimentSnapshot,
  args: AnalysisArgument[],
): AnalysisArgument[] {
  const values = placeholders(snapshot);
  return args.map(argument =>
    argument.value === undefined
      ? argument
      : {
          name: argument.name,
          value: argument.value.replace(PLACEHOLDER, (text, key: string) => {
            const value = values.get(key.trim());
            if (value === undefined) {
              throw new AnalysisBuildError(`failed to resolve ${text}`);
            }
            return value;
          }),
        },
  );
}
