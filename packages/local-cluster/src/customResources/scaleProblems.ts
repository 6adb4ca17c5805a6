import { Cause } from '../api/apiError';
import { NewObject } from '../api/clusterApi';
import { KindVersion } from '../kinds/kindDefinition';
import { readJsonPath } from '../tables/jsonPath';

const MOST = 2 ** 31 - 1;

/**
 * A custom resource that can be scaled has a number of replicas that a Scale
 * can say. Source: apiextensions-apiserver, `ValidateScaleSpec`.
 */
export function scaleProblems(
  versions: KindVersion[],
  draft: NewObject,
): Cause[] {
  const name = draft.apiVersion?.split('/').at(-1);
  const path = versions.find(version => version.name === name)?.scale?.spec;
  if (!path) return [];
  const [replicas] = readJsonPath(draft, path);
  if (typeof replicas !== 'number' || (replicas >= 0 && replicas <= MOST)) {
    return [];
  }
  const detail =
    replicas < 0
      ? 'should be a non-negative integer'
      : `should be less than or equal to ${MOST}`;
  return [
    {
      reason: 'FieldValueInvalid',
      field: path,
      message: `Invalid value: ${replicas}: ${detail}`,
    },
  ];
}
