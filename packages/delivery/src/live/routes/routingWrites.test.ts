import type {
  KubeObject,
  Rollout,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock, RESOURCES } from '@progressive-delivery/kube';
import type { Write } from '../../rollout/plan';
import { rollout as demo } from '../../simulate/testing/demo';
import type { HeldWrite } from './heldWrite';
import { RoutingWrites } from './routingWrites';

const ARGO_CD = {
  'argocd.argoproj.io/tracking-id':
    'shop:networking.istio.io/VirtualService:demo/colors',
};

const patch: Write & { verb: 'patch' } = {
  verb: 'patch',
  resource: RESOURCES.virtualServices,
  namespace: 'demo',
  name: 'colors',
  patch: {},
  precondition: { uid: 'uid', resourceVersion: '1' },
  reason: 'weight 20',
};

function weighing(
  weight: number,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'colors', namespace: 'demo', uid: 'uid', ...metadata },
    spec: { weight },
  } as KubeObject;
}

/** A rollout that wants weight 20, and somebody who wants 0. */
class Turns {
  readonly clock = new ManualClock();
  readonly #rollout: Rollout = demo('colors', 'demo/colors:blue', {});
  readonly #writes = new RoutingWrites({
    clock: this.clock,
    get: () => this.object,
  });
  object: KubeObject | undefined;
  status: RolloutStatus = { currentStepIndex: 1 };

  constructor(readonly metadata: Partial<KubeObject['metadata']>) {
    this.object = weighing(0, metadata);
  }

  turn(writes: Write[] = [patch]): HeldWrite | undefined {
    const turn = this.#writes.begin(this.#rollout, this.status);
    let { object } = this;
    for (const write of writes) {
      const held = turn.hold(write);
      if (held) return held;
      object =
        write.verb === 'delete' ? undefined : weighing(20, this.metadata);
      turn.wrote(write, object);
    }
    // The mirror shows what a turn has written after it, not within it.
    this.object = object;
    return undefined;
  }

  undo(): void {
    this.clock.advance(1_000);
    this.object = weighing(0, this.metadata);
  }

  /** Until a write is held back. */
  fight(writes?: Write[]): HeldWrite | undefined {
    for (let time = 0; time < 3; time += 1) {
      const held = this.turn(writes);
      if (held) throw new Error(`held back too early: ${held.reason}`);
      this.undo();
    }
    return this.turn(writes);
  }
}

describe('writes to routing objects', () => {
  it('are held back from an object that Argo CD puts back, and say what to do', () => {
    const held = new Turns({ annotations: ARGO_CD }).fight();

    expect(held).toEqual({
      retryIn: 60_000,
      reason:
        'VirtualService demo/colors is kept by Argo CD (shop), which undoes what the rollout writes into it, 3 times so far; next try in 60 s',
      message:
        'TrafficRoutingConflict: VirtualService demo/colors is kept by Argo CD (shop), which undoes what the rollout writes into it; for Argo CD, list the fields with the weights under spec.ignoreDifferences of the Application, with the sync option RespectIgnoreDifferences=true',
      event: {
        type: 'Warning',
        reason: 'TrafficRoutingConflict',
        message: expect.stringContaining('spec.ignoreDifferences'),
      },
    });
  });

  it('name what Flux is told', () => {
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps' };

    expect(new Turns({ labels }).fight()?.message).toContain(
      'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent',
    );
  });

  it.each([
    ['nobody', {}],
    [
      'Helm, which reverts nothing by itself,',
      {
        annotations: { 'meta.helm.sh/release-name': 'shop' },
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      },
    ],
  ])(
    'only wait when %s owns the object, and leave the status alone',
    (_, metadata) => {
      const held = new Turns(metadata).fight();

      expect(held?.retryIn).toBe(1_000);
      expect(held?.message).toBeUndefined();
      expect(held?.event?.message).toContain('somebody else keeps undoing');
    },
  );

  it('are announced once', () => {
    const turns = new Turns({ annotations: ARGO_CD });
    turns.fight();

    expect(turns.turn()).toMatchObject({ event: undefined });
  });

  it.each<[string, RolloutStatus]>([
    ['the next step', { currentStepIndex: 2 }],
    ['an abort', { currentStepIndex: 1, abort: true }],
    ['a full promotion', { currentStepIndex: 1, promoteFull: true }],
    ['a new version', { currentStepIndex: 1, currentPodHash: 'green' }],
  ])('are made at once for %s', (_, status) => {
    const turns = new Turns({ annotations: ARGO_CD });
    turns.fight();
    turns.status = status;

    expect(turns.turn()).toBeUndefined();
  });

  it('are not taken for undone when their weights have been verified', () => {
    const turns = new Turns({ annotations: ARGO_CD });
    turns.fight();
    const [canary, stable] = [{ weight: 20 }, { weight: 80 }];
    turns.status.canary = { weights: { canary, stable, verified: false } };
    turns.turn();
    turns.undo();
    turns.turn();
    turns.undo();
    turns.status.canary = { weights: { canary, stable, verified: true } };
    turns.turn();
    turns.undo();

    expect(turns.turn()).toBeDefined();
  });

  it('may be several to one object in one turn, which is undone once', () => {
    const turns = new Turns({ annotations: ARGO_CD });

    expect(turns.fight([patch, patch, patch])?.reason).toContain(
      '3 times so far',
    );
  });

  it('may be deletions, of what somebody else creates again', () => {
    const turns = new Turns({ annotations: ARGO_CD });
    const { verb: _, patch: __, ...of } = patch;
    const removal: Write = { ...of, verb: 'delete' };

    expect(turns.fight([removal])?.message).toContain('is kept by Argo CD');
  });

  it('are told from writes to other objects, which are never held', () => {
    const turns = new Turns({ annotations: ARGO_CD });
    const scale: Write = { ...patch, resource: RESOURCES.replicaSets };
    for (let time = 0; time < 9; time += 1) {
      expect(turns.turn([scale])).toBeUndefined();
      turns.undo();
    }
  });
});
