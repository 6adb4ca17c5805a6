import type { Row } from '../report/report';

/**
 * Scenarios in which something differs that is neither meant nor mended yet,
 * or that leave something to chance: what, in a sentence. They are played and
 * told, and fail nothing.
 */
export const OPEN_DIFFERENCES: Record<string, string> = {
  'aborted-and-retried/in-experiment':
    'the pods of the aborted experiment are still there when the update is promoted in full',
  'aborted-and-retried/in-set-weight':
    'the pods of the aborted canary stay until the retry; there they go first',
  'aborted/in-set-canary-scale':
    'the pods of the aborted canary may become available before they go',
  'analysis/bad-expression':
    'is InvalidSpec before the first version, as meant, so that the scenario does not reach its end',
  'analysis/inconclusive-in-the-background':
    'waits at the step that the inconclusive analysis found it at; there one more weight is set',
  'analysis/unlimited-failures':
    'is InvalidSpec before the first version, as meant, so that the scenario does not reach its end',
  'experiments/alone-then-changed':
    'has the events of an experiment that stands alone; none were seen there',
  'experiments/alone-with-analysis':
    'has the events of an experiment that stands alone; none were seen there',
  'experiments/alone-with-missing-template':
    'starts the pods, and then misses the template; there it ends before',
  'experiments/analysis-in-error':
    'has the events of the end; none were seen there',
  'experiments/failing-analysis-meanwhile':
    'may end before the analysis fails: which one is first is chance',
  'experiments/for-a-while':
    'whether the pods of the experiment go before the scenario is over is chance',
  'experiments/successful-analysis-meanwhile':
    'the analysis is successful when it is ended; there it is seen running to the last',
  'experiments/terminated':
    'the pods of the experiment stay for their delay; there they go before the scenario is over',
  'experiments/with-weight':
    'the versions’ containers have no port, so they get no Service and no traffic; the reference counts a weight that nobody serves',
  'experiments/with-weight-beside-canary':
    'the versions’ containers have no port, so they get no Service and no traffic; the reference counts a weight that nobody serves',
  'failures/canary-pod-lost-at-pause':
    'the weight may not be back at that of the step when the rollout is promoted',
  'handover/in-analysis':
    'taken over from the reference, a measurement may be an error at the end',
  'invalid/bad-quantity': 'is refused; there it is taken',
  'invalid/bad-selector': 'is InvalidSpec; there nothing is said',
  'invalid/no-template': 'names the field that is missing; there another one',
  'invalid/while-it-serves':
    'does not say that steps are skipped when the spec is put right',
  'istio/canary-scale-to-zero':
    'has the weight of the step with pods of another number; there it goes to all at once',
  'istio/ping-pong':
    'the idle service selects stable when the old pods are gone; whether that is seen is chance',
  'istio/two-old-versions':
    'is Healthy at the end; there it was not when it was recorded',
  'killed/in-set-canary-scale':
    'whether the pods of the step are ready when it is promoted in full is chance',
  'killed/in-set-weight':
    'whether the pods of the step are ready when it is promoted in full is chance',
  'invalid/replicas-below-0':
    'the local cluster takes it and ours says InvalidSpec; there the API server refuses it',
  'metadata/of-the-stable-alone':
    'the old pods keep the metadata of stable until they go',
  'new-template/in-analysis':
    'the milestone does not tell the runs of two versions apart: which one is promoted in full is chance',
  'new-template/in-set-canary-scale':
    'the pods of the superseded canary may become available before they go',
  'new-template/in-set-header-route':
    'the milestone does not tell the pauses of two versions apart: which one is promoted in full is chance',
  'operations/first-version-broken':
    'takes no steps, as nothing healthy has to be protected, so that the scenario does not reach its end',
  'operations/from-canary-to-blue-green':
    'on the local cluster the active service may not be seen to lead to stable first',
  'operations/from-canary-to-blue-green-in-flight':
    'on the local cluster the active service may not be seen to lead to stable first',
  'operations/pods-deleted-at-pause':
    'how many of the deleted pods are missing at the same time is chance',
  'operations/scale-to-zero-and-back':
    'all pods go before two come back; there two of them stay',
  'operations/scale-to-zero-when-routed':
    'the stable service and the weights change in another order when there are no pods',
  'routers/app-mesh':
    'may pass the weight of the last step so quickly that it is not written',
  'runs/terminated': 'does not count the measurements when the run is ended',
  'scaled-down/in-set-header-route':
    'is not Healthy in the middle of the update; there it is for a moment',
  'scaled-up/in-set-canary-scale':
    'whether the pods of the step are ready when it is promoted in full is chance',
  'workload-ref/deployment-blue-green':
    'has an event that it is paused; there it has none',
};

/** A row of a scenario, open when it differs and is listed. */
export function asOpen(
  name: string,
  row: Row,
  listed: Record<string, string> = OPEN_DIFFERENCES,
): Row {
  const what = listed[name];
  if (what === undefined) return row;
  if (row.outcome === 'different') {
    return { ...row, outcome: 'open', details: [what, ...row.details] };
  }
  return row.outcome === 'skipped'
    ? row
    : { ...row, reason: 'listed as open: take it off' };
}
