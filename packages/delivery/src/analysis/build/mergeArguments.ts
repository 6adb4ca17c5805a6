import type {
  AnalysisArgument,
  Rollout,
  RolloutAnalysisArgument,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AnalysisBuildError } from './AnalysisBuildError';
import { readField } from './fieldPath';

/** What an argument of a rollout's analysis may refer to. */
export interface ArgumentSources {
  rollout: Rollout;
  /** Pod template hash of the stable ReplicaSet; `''` when there is none yet. */
  stableHash: string;
  /** Pod template hash of the newest ReplicaSet. */
  latestHash: string;
}

function valueOf(
  argument: RolloutAnalysisArgument,
  { rollout, stableHash, latestHash }: ArgumentSources,
): string {
  const source = argument.valueFrom;
  if (source?.podTemplateHashValue === 'Stable') return stableHash;
  if (source?.podTemplateHashValue === 'Latest') return latestHash;
  if (source?.fieldRef) {
    const value = readField(rollout, source.fieldRef.fieldPath);
    if (value === undefined) {
      throw new AnalysisBuildError(
        `argument '${argument.name}': the rollout has no field ${source.fieldRef.fieldPath}`,
      );
    }
    return value;
  }
  return argument.value ?? '';
}

/**
 * The arguments of a run: the templates' own, each overridden by the
 * rollout's of the same name. References to secrets stay references.
 *
 * @throws AnalysisBuildError when one has neither a value nor a default.
 */
export function mergeRunArguments(
  declared: AnalysisArgument[],
  given: RolloutAnalysisArgument[],
  sources: ArgumentSources,
): AnalysisArgument[] {
  const values = new Map(
    given.map(argument => [argument.name, valueOf(argument, sources)]),
  );
  return declared.map(argument => {
    const value = values.get(argument.name);
    if (value !== undefined) return { name: argument.name, value };
    if (argument.value === undefined && !argument.valueFrom) {
      throw new AnalysisBuildError(`args.${argument.name} was not resolved`);
    }
    return argument;
  });
}
