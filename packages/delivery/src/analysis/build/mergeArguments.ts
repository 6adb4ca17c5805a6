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
  /**
   * Told of arguments whose field the rollout has not (yet), which then are
   * empty. Left out, such a field is an error.
   */
  onMissing?: (argument: string) => void;
}

function valueOf(
  argument: RolloutAnalysisArgument,
  { rollout, stableHash, latestHash, onMissing }: ArgumentSources,
): string {
  const source = argument.valueFrom;
  if (source?.podTemplateHashValue === 'Stable') return stableHash;
  if (source?.podTemplateHashValue === 'Latest') return latestHash;
  if (source?.fieldRef) {
    const { fieldPath } = source.fieldRef;
    const value = readField(rollout, fieldPath);
    if (value !== undefined) return value;
    // A label that is not there is empty, as everywhere in Kubernetes.
    if (/^metadata\.(labels|annotations)\[/.test(fieldPath)) return '';
    if (!onMissing) {
      throw new AnalysisBuildError(
        `argument '${argument.name}': the rollout has no field ${fieldPath}`,
      );
    }
    onMissing(argument.name);
    return '';
  }
  return argument.value ?? '';
}

/**
 * The templates' own arguments, each overridden by the given one of the same
 * name. References to secrets stay references.
 *
 * @throws AnalysisBuildError when one has neither a value nor a default.
 */
export function overrideArguments(
  declared: AnalysisArgument[],
  given: AnalysisArgument[],
): AnalysisArgument[] {
  return declared.map(argument => {
    const override = given.find(each => each.name === argument.name);
    if (override?.value !== undefined) {
      return { name: argument.name, value: override.value };
    }
    const merged = override?.valueFrom
      ? { name: argument.name, valueFrom: override.valueFrom }
      : argument;
    if (merged.value === undefined && !merged.valueFrom) {
      throw new AnalysisBuildError(`args.${argument.name} was not resolved`);
    }
    return merged;
  });
}

/** A rollout's arguments with their values. */
export function resolveRolloutArguments(
  given: RolloutAnalysisArgument[],
  sources: ArgumentSources,
): { name: string; value: string }[] {
  return given.map(argument => ({
    name: argument.name,
    value: valueOf(argument, sources),
  }));
}

/**
 * The arguments of a rollout's run: the templates' own, each overridden by the
 * rollout's of the same name.
 *
 * @throws AnalysisBuildError when one has neither a value nor a default.
 */
export function mergeRunArguments(
  declared: AnalysisArgument[],
  given: RolloutAnalysisArgument[],
  sources: ArgumentSources,
): AnalysisArgument[] {
  return overrideArguments(declared, resolveRolloutArguments(given, sources));
}
