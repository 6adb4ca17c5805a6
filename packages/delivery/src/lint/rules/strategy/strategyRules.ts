import type { FieldPath } from '../../read/fieldPath';
import { scalingLimits } from '../../../rollout/scaling/limits';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';

const CANARY: FieldPath = ['spec', 'strategy', 'canary'];
const BLUE_GREEN: FieldPath = ['spec', 'strategy', 'blueGreen'];

export const surgeZero = perRollout(
  {
    id: 'surge-zero',
    severity: 'warning',
    title: 'New pods come before old ones go',
    explanation:
      'With maxSurge 0 an old pod is stopped before a new one starts. With few replicas that is a good part of the capacity, and with one it is all of it.',
    fix: 'Allow maxSurge one pod or more.',
    source: SOURCES.canary,
  },
  function* check({ rollout, isRouted, replicas }) {
    const { canary } = rollout.spec.strategy ?? {};
    if (!canary || isRouted || canary.maxSurge === undefined) return;
    const { maxSurge, maxUnavailable } = scalingLimits(rollout);
    if (maxSurge > 0 || !replicas) return;
    yield {
      path: [...CANARY, 'maxSurge'],
      message: `${maxUnavailable} of ${replicas} pods may be missing while pods are exchanged.`,
    };
  },
);

export const historyZero = perRollout(
  {
    id: 'revision-history-zero',
    severity: 'warning',
    title: 'Earlier revisions are kept',
    explanation:
      'Undo takes the pod template of an earlier ReplicaSet. With revisionHistoryLimit 0 there is none, and going back means building a manifest by hand.',
    fix: 'Keep at least two revisions.',
    source: SOURCES.rollback,
  },
  function* check({ rollout }) {
    if (rollout.spec.revisionHistoryLimit !== 0) return;
    yield {
      path: ['spec', 'revisionHistoryLimit'],
      message: 'No earlier revision is kept: there is no undo.',
    };
  },
);

export const abortKeepsPods = perRollout(
  {
    id: 'abort-keeps-pods',
    severity: 'warning',
    title: 'Pods of an aborted version go in the end',
    explanation:
      'abortScaleDownDelaySeconds 0 does not mean "at once": the pods of an aborted version stay until the next update.',
    fix: 'Leave it out (30 seconds), or choose how long you want to look at them.',
    source: SOURCES.scaleDownAborted,
  },
  function* check({ rollout, isRouted }) {
    const { canary, blueGreen } = rollout.spec.strategy ?? {};
    const stanza = blueGreen ?? (isRouted ? canary : undefined);
    if (stanza?.abortScaleDownDelaySeconds !== 0) return;
    yield {
      path: [
        ...(blueGreen ? BLUE_GREEN : CANARY),
        'abortScaleDownDelaySeconds',
      ],
      message: 'The pods of an aborted version are never scaled down.',
    };
  },
);

/** Source: specification, scaleDownDelaySeconds. */
const RECOMMENDED_DELAY = 30;

export const scaleDownDelayShort = perRollout(
  {
    id: 'scale-down-delay-short',
    severity: 'warning',
    title: 'Old pods stay until everybody has been told',
    explanation:
      'After the switch nodes and proxies need time to learn of it. Old pods that are stopped before fail the requests that still reach them. 30 seconds are recommended.',
    fix: 'Leave scaleDownDelaySeconds out, or set 30 or more.',
    source: SOURCES.specification,
  },
  function* check({ rollout, isRouted }) {
    const { canary, blueGreen } = rollout.spec.strategy ?? {};
    const stanza = blueGreen ?? (isRouted ? canary : undefined);
    const delay = stanza?.scaleDownDelaySeconds;
    if (delay === undefined || delay >= RECOMMENDED_DELAY) return;
    yield {
      path: [...(blueGreen ? BLUE_GREEN : CANARY), 'scaleDownDelaySeconds'],
      message: `Old pods are stopped ${delay} s after the switch.`,
    };
  },
);

export const noPreview = perRollout(
  {
    id: 'no-preview-service',
    severity: 'info',
    title: 'The new version can be reached before the switch',
    explanation:
      'Without a previewService nobody, and no analysis, can send a request to the new version before everybody does.',
    fix: 'Name a previewService.',
    source: SOURCES.blueGreen,
  },
  function* check({ rollout }) {
    const { blueGreen } = rollout.spec.strategy ?? {};
    if (!blueGreen || blueGreen.previewService) return;
    yield { path: BLUE_GREEN, message: 'There is no preview service.' };
  },
);

export const singleReplica = perRollout(
  {
    id: 'single-replica',
    severity: 'info',
    title: 'There is more than one pod',
    explanation:
      'A service of one pod is down whenever that pod is: node drains and restarts included.',
    fix: 'Run two replicas or more.',
    source: SOURCES.budgets,
  },
  function* check({ object, rollout }, { index }) {
    if (rollout.spec.replicas !== 1) return;
    const scalers = index.in(
      rollout.metadata.namespace ?? 'default',
      'autoscaling/HorizontalPodAutoscaler',
    );
    const { name } = object.value.metadata;
    if (
      scalers.some(each => JSON.stringify(each.value).includes(`"${name}"`))
    ) {
      return;
    }
    yield { path: ['spec', 'replicas'], message: 'The service has one pod.' };
  },
);

export const secondsIgnored = perRollout(
  {
    id: 'auto-promotion-seconds-ignored',
    severity: 'warning',
    title: 'autoPromotionSeconds has an effect',
    explanation:
      'With autoPromotionEnabled: false the promotion waits for a person, however long that takes: autoPromotionSeconds is ignored.',
    fix: 'Remove autoPromotionEnabled: false to promote after that time, or the seconds to wait for a person.',
    source: SOURCES.blueGreen,
  },
  function* check({ rollout }) {
    const { blueGreen } = rollout.spec.strategy ?? {};
    if (blueGreen?.autoPromotionEnabled !== false) return;
    if (!blueGreen.autoPromotionSeconds) return;
    yield {
      path: [...BLUE_GREEN, 'autoPromotionSeconds'],
      message: `Nobody is promoted after ${blueGreen.autoPromotionSeconds} s: autoPromotionEnabled is false.`,
    };
  },
);

const RETIRED: Record<string, string> = {
  smi: 'The Service Mesh Interface was archived in 2023',
  appMesh: 'AWS App Mesh ended on 30 September 2026',
};

export const retiredRouter = perRollout(
  {
    id: 'retired-router',
    severity: 'info',
    title: 'The traffic router is one that is maintained',
    explanation:
      'Routers that nobody maintains any more still work, and get no fixes.',
    fix: 'Plan the move to the Gateway API, which this suite and Argo Rollouts’ plugin can route by.',
    source: SOURCES.traffic,
  },
  function* check({ rollout }) {
    const routing = rollout.spec.strategy?.canary?.trafficRouting ?? {};
    for (const [name, why] of Object.entries(RETIRED)) {
      if (!Object.hasOwn(routing, name)) continue;
      yield {
        path: [...CANARY, 'trafficRouting', name],
        message: `${why}.`,
      };
    }
  },
);
