import {
  POD_TEMPLATE_HASH_LABEL,
  type Experiment,
  type RolloutExperimentStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { isCompleted } from '../../analysis/plan/assessMetric';
import type { RolloutContext } from '../context';
import { canonicalJson } from '../template/canonicalJson';
import { buildExperiment, experimentName } from './buildExperiment';

/** Those of the rollout that are not about to go. */
export function liveExperiments({ snapshot }: RolloutContext): Experiment[] {
  return snapshot.experiments.filter(
    each => each.metadata.deletionTimestamp === undefined,
  );
}

/** The one that the status names. */
export function currentExperiment(
  context: RolloutContext,
): Experiment | undefined {
  const name = context.draft.status.canary?.currentExperiment;
  return liveExperiments(context).find(each => each.metadata.name === name);
}

function freeName({ snapshot }: RolloutContext, base: string): string {
  const taken = new Set([
    ...snapshot.experiments.map(each => each.metadata.name),
    ...(snapshot.takenExperimentNames ?? []),
  ]);
  let name = base;
  for (let attempt = 1; taken.has(name); attempt++) name = `${base}-${attempt}`;
  return name;
}

/** Of this attempt, though a crash came before the status could name it. */
function unnamedExperiment(
  context: RolloutContext,
  wanted: Experiment,
  base: string,
): Experiment | undefined {
  return liveExperiments(context).find(
    ({ metadata, spec, status }) =>
      metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === context.current.hash &&
      (metadata.name === base || metadata.name.startsWith(`${base}-`)) &&
      !isCompleted(status?.phase) &&
      !spec.terminate &&
      canonicalJson(spec) === canonicalJson(wanted.spec),
  );
}

/**
 * Finds the experiment of a step or plans its creation. One that the status
 * names but that is gone is created again under the same name: it never means
 * an abort.
 *
 * @param again - start another one although there is one that has decided
 * @throws AnalysisBuildError when it cannot be built
 */
export function ensureExperiment(
  context: RolloutContext,
  step: RolloutExperimentStep,
  stepIndex: number,
  again: boolean,
): Experiment {
  const base = experimentName(context, stepIndex);
  const { draft } = context;
  const known = draft.status.canary?.currentExperiment;
  // Somebody may have moved on from another step's.
  const isOfStep = known === base || known?.startsWith(`${base}-`) === true;
  const named = isOfStep ? currentExperiment(context) : undefined;
  if (named && !again) return named;
  const gone = again || !isOfStep ? undefined : known;
  const wanted = buildExperiment(
    context,
    step,
    gone ?? freeName(context, base),
  );
  const found = gone ? undefined : unnamedExperiment(context, wanted, base);
  if (found) return found;
  const { name } = wanted.metadata;
  draft.create(RESOURCES.experiments, wanted, `started experiment ${name}`);
  draft.event('ExperimentCreated', `Created Experiment '${name}'`);
  return wanted;
}
