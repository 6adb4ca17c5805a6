import type {
  KubeObject,
  PodTemplateSpec,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { applyMergePatch } from './applyPatch';
import { simulate } from './simulate';
import { SimulatedCluster } from './simulatedCluster';
import { search, START, template } from './testing/demo';
import type { Write } from '../rollout/plan';
import { planRollout } from '../rollout/planRollout';

interface Deployment extends KubeObject {
  spec: { replicas: number; template: PodTemplateSpec };
}

/** A cluster in which a rollout takes over from a Deployment of 5 pods. */
class Migration extends SimulatedCluster {
  deployment: Deployment;
  /** Each number of pods that the Deployment was given. */
  readonly scaled: number[] = [];
  #now = START;

  constructor(scaleDown: 'never' | 'onsuccess' | 'progressively') {
    const rollout: Rollout = search();
    const pods = rollout.spec.template ?? { spec: { containers: [] } };
    rollout.spec.template = undefined;
    rollout.spec.strategy = {
      canary: {
        maxSurge: 1,
        maxUnavailable: 0,
        steps: [{ setWeight: 20 }, { pause: {} }],
      },
    };
    rollout.spec.workloadRef = {
      kind: 'Deployment',
      name: 'search',
      scaleDown,
    };
    let read: () => KubeObject = () => ({ metadata: { name: '' } });
    super({
      rollout,
      analysisTemplates: [template()],
      workload: () => read(),
      podLife: () => 2_000,
      analysisFate: () => undefined,
    });
    this.deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'search', namespace: 'demo', uid: 'd', generation: 1 },
      spec: { replicas: 5, template: pods },
    };
    read = () => this.deployment;
  }

  override apply(write: Write, now: number): void {
    if (write.resource.plural !== 'deployments') {
      super.apply(write, now);
      return;
    }
    if (write.verb !== 'patch') throw new Error(`${write.verb} a Deployment`);
    this.deployment = applyMergePatch(
      this.deployment,
      write.patch,
    ) as Deployment;
    this.scaled.push(this.deployment.spec.replicas);
  }

  wait(seconds: number): this {
    const until = this.#now + seconds * 1_000;
    simulate(this, this.#now, until);
    this.#now = until;
    return this;
  }

  /** Some pods begin again, and are ready later than the others. */
  delay(pods: number): this {
    for (const { metadata } of this.podsAt(this.#now).slice(0, pods)) {
      this.pods.evict(metadata.name, this.#now);
    }
    return this;
  }

  deploy(tag: string): this {
    const next = structuredClone(this.deployment);
    const [container] = next.spec.template.spec.containers;
    if (container) container.image = `demo/search:${tag}`;
    next.metadata.generation = (next.metadata.generation ?? 0) + 1;
    this.deployment = next;
    return this;
  }
}

describe('the Deployment that a rollout takes over from', () => {
  it('is left alone when nothing else is said', () => {
    expect(new Migration('never').wait(60).scaled).toEqual([]);
  });

  it('goes at once when the first revision is stable', () => {
    const migration = new Migration('onsuccess').wait(60);
    expect(migration.rollout.status?.phase).toBe('Healthy');
    expect(migration.scaled).toEqual([0]);
  });

  it('goes pod by pod as those of the rollout become ready', () => {
    const migration = new Migration('progressively').wait(1).delay(3).wait(60);
    expect(migration.scaled).toEqual([3, 0]);
  });

  it('goes also when not the first revision, but a later one is the first to be healthy', () => {
    const migration = new Migration('onsuccess');
    migration.wait(1);
    migration.deploy('green').wait(60);
    expect(migration.scaled).toEqual([0]);
  });

  it.each([
    ['whole', 5, [0]],
    ['not whole any more', 4, []],
  ])(
    'goes, when the first turn at it was lost, only where the rollout is %s',
    (_, availableReplicas, scaled) => {
      const migration = new Migration('onsuccess').wait(60);
      migration.deployment.spec.replicas = 5;
      const now = START + 60_000;
      const snapshot = structuredClone(migration.snapshot(now));
      for (const { status } of snapshot.replicaSets) {
        Object.assign(status ?? {}, { availableReplicas });
      }

      const { writes } = planRollout(snapshot, now);

      expect(
        writes.flatMap(write =>
          write.resource.plural === 'deployments' && write.verb === 'patch'
            ? [(write.patch as Pick<Deployment, 'spec'>).spec.replicas]
            : [],
        ),
      ).toEqual(scaled);
    },
  );

  it('may be scaled up again by somebody who migrates back', () => {
    const migration = new Migration('onsuccess').wait(60);
    migration.deploy('green').wait(30);
    migration.deployment.spec.replicas = 5;
    migration.wait(30);
    expect(migration.deployment.spec.replicas).toBe(5);
  });
});
