import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManifestError } from './manifests';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of objects among a strategy's fields; `*` is every element. */
const LISTS = [
  'canary.steps',
  'canary.steps.*.analysis.templates',
  'canary.steps.*.experiment.templates',
  'canary.steps.*.experiment.analyses',
  'canary.analysis.templates',
  'canary.trafficRouting.managedRoutes',
  'blueGreen.prePromotionAnalysis.templates',
  'blueGreen.postPromotionAnalysis.templates',
].map(each => each.split('.'));

/** Objects that no list leads to. */
const OBJECTS = [
  'canary.trafficRouting.plugins',
  'canary.trafficRouting.istio',
  'canary.pingPong',
].map(each => each.split('.'));

const wrong = (place: string, wanted: string, found: unknown) =>
  new ManifestError(
    `${place}: Invalid value: ${JSON.stringify(found)}: must be ${wanted}`,
  );

/**
 * Follows one path. What is absent, or `null`, is as good as left out, but for
 * an element of a list.
 */
function check(
  place: string,
  value: unknown,
  path: string[],
  endsInList: boolean,
): void {
  if (value === undefined || value === null) return;
  const [field, ...rest] = path;
  const isList = field === '*' || (field === undefined && endsInList);
  if (isList) {
    if (!Array.isArray(value)) throw wrong(place, 'a list', value);
    value.forEach((element: unknown, i) => {
      const at = `${place}[${i}]`;
      if (!isObject(element)) throw wrong(at, 'an object', element);
      if (field === '*') check(at, element, rest, endsInList);
    });
    return;
  }
  if (!isObject(value)) throw wrong(place, 'an object', value);
  if (field !== undefined) {
    check(`${place}.${field}`, value[field], rest, endsInList);
  }
}

/**
 * What a cluster's schema refuses before any controller sees it, as far as the
 * simulation would stumble over it.
 *
 * @throws ManifestError with the rollout, the path of the field and what it must be
 */
export function requireShape({ metadata, spec }: Rollout): void {
  const place = `Rollout ${metadata.name}: spec.strategy`;
  for (const path of LISTS) check(place, spec.strategy, path, true);
  for (const path of OBJECTS) check(place, spec.strategy, path, false);
}
