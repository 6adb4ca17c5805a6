import type { StateName } from '../actions/rolloutStates';
import type { Account } from './accounts';

/** One command on a guarded rollout. */
export interface AdmissionCase {
  /** Default: somebody with kubectl. */
  as?: Account;
  /** Default: paused at a step. */
  state?: StateName;
  program: 'kubectl' | 'rollouts';
  command: string;
  allowed: boolean;
  /** What the portal has done before, by the reference's CLI. */
  after?: string;
  /** The rollout is without the label. */
  unguarded?: boolean;
}

const allowed = true;
const refused = false;

const patch = (what: string, status = false) =>
  `patch rollout colors --type merge ${status ? '--subresource status ' : ''}-p ${what}`;
const jsonPatch = (what: string) =>
  `patch rollout colors --type json -p ${what}`;

function rollouts(
  command: string,
  isAllowed: boolean,
  more: Partial<AdmissionCase> = {},
): AdmissionCase {
  return { program: 'rollouts', command, allowed: isAllowed, ...more };
}

function kubectl(
  command: string,
  isAllowed: boolean,
  more: Partial<AdmissionCase> = {},
): AdmissionCase {
  return { program: 'kubectl', command, allowed: isAllowed, ...more };
}

/** Every verb of the reference's CLI, as docs/enforcement.md has them. */
const CLI: AdmissionCase[] = [
  rollouts('get rollout colors', allowed),
  rollouts('promote colors', refused),
  rollouts('promote colors', refused, { state: 'paused by hand' }),
  rollouts('promote colors', refused, { state: 'on its way to a weight' }),
  rollouts('promote colors', refused, {
    state: 'paused by an inconclusive analysis',
  }),
  rollouts('promote colors --full', refused),
  rollouts('promote colors --skip-current-step', refused),
  rollouts('promote colors --skip-all-steps', refused),
  rollouts('promote colors', refused, { state: 'blue-green, paused' }),
  rollouts('abort colors', allowed),
  rollouts('abort colors', allowed, { state: 'paused by hand' }),
  rollouts('abort colors', allowed, { state: 'blue-green, paused' }),
  rollouts('retry rollout colors', refused, { state: 'aborted' }),
  rollouts('pause colors', allowed),
  rollouts('restart colors', refused),
  rollouts('set image colors colors=demo/colors:red', refused),
  rollouts('undo colors', refused),
  rollouts('undo colors --to-revision=1', refused),
  rollouts('terminate analysisrun run', refused),
];

/** The same, and more, by hand. */
const BY_HAND: AdmissionCase[] = [
  kubectl(patch('{"status":{"pauseConditions":null}}', true), refused),
  kubectl(patch('{"status":{"currentStepIndex":3}}', true), refused),
  kubectl(patch('{"status":{"promoteFull":true}}', true), refused),
  kubectl(patch('{"status":{"controllerPause":false}}', true), refused),
  kubectl(patch('{"status":{"stableRS":"new"}}', true), refused),
  kubectl(patch('{"status":null}', true), refused),
  kubectl(patch('{"status":{"abort":true}}', true), allowed),
  kubectl(patch('{"status":{"abort":true,"promoteFull":true}}', true), refused),
  kubectl(patch('{"status":{"abort":false}}', true), refused, {
    state: 'aborted',
  }),
  kubectl(patch('{"spec":{"paused":true}}'), allowed),
  kubectl(patch('{"spec":{"paused":false}}'), refused, {
    state: 'paused by hand',
  }),
  kubectl(patch('{"spec":{"replicas":4}}'), allowed),
  kubectl('scale rollout colors --replicas 4', allowed),
  kubectl('annotate rollout colors note=seen', allowed),
  kubectl('label rollout colors progressive-delivery.io/guarded-', refused),
  kubectl(
    'label rollout colors --overwrite progressive-delivery.io/guarded=false',
    refused,
  ),
  kubectl(
    jsonPatch('[{"op":"remove","path":"/spec/strategy/canary/steps"}]'),
    refused,
  ),
  kubectl(
    jsonPatch('[{"op":"remove","path":"/spec/strategy/canary/steps/1"}]'),
    refused,
  ),
  kubectl(patch('{"spec":{"workloadRef":{"name":"x"}}}'), refused),
  kubectl(patch('{"spec":{"rollbackWindow":{"revisions":9}}}'), refused),
  kubectl(patch('{"spec":{"restartAt":"2026-01-01T00:00:00Z"}}'), refused),
  kubectl('delete rollout colors --wait=false', refused),
  // Of all that there are, in one request.
  kubectl(
    'delete --raw /apis/argoproj.io/v1alpha1/namespaces/$NAMESPACE/rollouts',
    refused,
  ),
  // What the garbage collector takes for left over, it deletes.
  kubectl(
    patch(
      '{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"gone","uid":"gone"}]}}',
    ),
    refused,
  ),
  // Policies, freezes and entities are found by labels.
  kubectl('label rollout colors tier=harmless', refused),
  kubectl(patch('{"metadata":{"labels":null}}'), refused),
  kubectl(
    'annotate rollout colors progressive-delivery.io/author=somebody',
    refused,
  ),
  // What was there already, and is changed or taken away.
  kubectl(patch('{"spec":{"paused":null}}'), refused, {
    state: 'paused by hand',
  }),
  kubectl(patch('{"status":{"abort":null}}', true), refused, {
    state: 'aborted',
  }),
  kubectl(patch('{"spec":{"restartAt":"2026-01-01T00:00:00Z"}}'), refused, {
    after: 'restart colors',
  }),
  kubectl(patch('{"spec":{"restartAt":null}}'), refused, {
    after: 'restart colors',
  }),
  kubectl(jsonPatch('[{"op":"remove","path":"/spec/template"}]'), refused),
  kubectl(jsonPatch('[{"op":"remove","path":"/spec/selector"}]'), refused),
  kubectl(patch('{"spec":{"minReadySeconds":1}}'), refused),
  // Harmless.
  kubectl(
    patch(
      '{"spec":{"revisionHistoryLimit":3,"progressDeadlineSeconds":90,"progressDeadlineAbort":true,"analysis":{"successfulRunHistoryLimit":1}}}',
    ),
    allowed,
  ),
  kubectl(
    'patch analysisrun run --type merge -p {"spec":{"terminate":true}}',
    refused,
  ),
  kubectl(
    'patch analysisrun run --type merge -p {"status":{"phase":"Successful"}}',
    refused,
  ),
  kubectl('delete analysisrun run --wait=false', refused),
  kubectl('delete analysisrun trial-run --wait=false', refused),
  kubectl(
    'patch experiment trial --type merge -p {"spec":{"terminate":true}}',
    refused,
  ),
  kubectl(
    'patch experiment trial --type merge -p {"status":{"phase":"Successful"}}',
    refused,
  ),
  kubectl('delete experiment trial --wait=false', refused),
  kubectl('create -f $FOLDER/run-of-Rollout.json', refused),
  // Not of a rollout.
  kubectl('create -f $FOLDER/run-of-Somebody.json', allowed),
  kubectl('delete analysisrun own --wait=false', allowed),
  kubectl('set image deployment/colors colors=demo/colors:red', refused, {
    state: 'of a workload',
  }),
  kubectl('label deployment colors progressive-delivery.io/guarded-', refused, {
    state: 'of a workload',
  }),
  kubectl('scale deployment colors --replicas 1', allowed, {
    state: 'of a workload',
  }),
  // A blue-green rollout that was aborted goes back only once it is resumed.
  kubectl(patch('{"spec":{"paused":false}}'), allowed, {
    state: 'paused by hand',
    after: 'abort colors',
  }),
];

/** Who is let do what others are not. */
const OTHERS: AdmissionCase[] = [
  rollouts('promote colors', allowed, { unguarded: true }),
  rollouts('promote colors', allowed, { as: 'portal' }),
  rollouts('promote colors --full', allowed, { as: 'portal' }),
  rollouts('retry rollout colors', allowed, { as: 'portal', state: 'aborted' }),
  rollouts('restart colors', allowed, { as: 'portal' }),
  rollouts('set image colors colors=demo/colors:red', allowed, {
    as: 'portal',
  }),
  rollouts('undo colors', allowed, { as: 'portal' }),
  rollouts('terminate analysisrun run', allowed, { as: 'portal' }),
  kubectl(patch('{"status":{"currentStepIndex":3}}', true), allowed, {
    as: 'argo',
  }),
  kubectl(patch('{"status":{"currentStepIndex":3}}', true), allowed, {
    as: 'ours',
  }),
  rollouts('set image colors colors=demo/colors:red', refused, { as: 'argo' }),
  kubectl('delete analysisrun run --wait=false', allowed, { as: 'argo' }),
  kubectl('create -f $FOLDER/run-of-Rollout.json', allowed, { as: 'argo' }),
  rollouts('set image colors colors=demo/colors:red', allowed, {
    as: 'deployer',
  }),
  kubectl(patch('{"spec":{"paused":false}}'), allowed, {
    as: 'deployer',
    state: 'paused by hand',
  }),
  rollouts('promote colors --full', refused, { as: 'deployer' }),
  kubectl('delete rollout colors --wait=false', allowed, { as: 'deployer' }),
  kubectl('delete rollout colors --wait=false', allowed, { as: 'collector' }),
  kubectl('label rollout colors progressive-delivery.io/guarded-', allowed, {
    as: 'deployer',
  }),
  kubectl('set image deployment/colors colors=demo/colors:red', allowed, {
    as: 'deployer',
    state: 'of a workload',
  }),
  kubectl('delete analysisrun run --wait=false', refused, { as: 'deployer' }),
  kubectl('delete analysisrun run --wait=false', allowed, { as: 'collector' }),
  kubectl('delete analysisrun run --wait=false', allowed, { unguarded: true }),
  // Who begins to guard one is let, and brings nothing else in with it.
  kubectl(
    'label rollout colors progressive-delivery.io/guarded=true',
    allowed,
    {
      unguarded: true,
    },
  ),
  kubectl(
    patch(
      '{"metadata":{"labels":{"progressive-delivery.io/guarded":"true"}},"spec":{"workloadRef":{"name":"x"}}}',
    ),
    refused,
    { unguarded: true },
  ),
];

export const ADMISSION_CASES: readonly AdmissionCase[] = [
  ...CLI,
  ...BY_HAND,
  ...OTHERS,
];
