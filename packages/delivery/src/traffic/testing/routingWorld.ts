import type {
  KubeObject,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube';
import { BaseDraft } from '../../rollout/baseDraft';
import type { Write } from '../../rollout/plan';
import { routeKey } from '../../rollout/snapshot';
import { applyJsonPatch, applyMergePatch } from '../../simulate/applyPatch';
import type {
  ObservedTraffic,
  RoutedSnapshot,
  TrafficRouter,
  TrafficSides,
  WantedTraffic,
} from '../router';
import type { Routed, RouterExample } from './routerExample';

/** With whatever its kind has. */
export type RoutedObject = KubeObject & { spec?: unknown };

/** The objects of one router, changed by what it plans. */
export class RoutingWorld {
  readonly routes: Record<string, KubeObject> = {};
  readonly services: Record<string, Service> = {};
  readonly writes: Write[] = [];
  readonly rollout: Rollout;
  servedKinds?: Record<string, string | null>;
  #version = 1;

  constructor(
    readonly router: TrafficRouter,
    rollout: Rollout,
    objects: readonly Routed[],
  ) {
    this.rollout = structuredClone(rollout);
    for (const [resource, object] of objects) this.put(resource, object);
  }

  static of({ router, rollout, objects }: RouterExample): RoutingWorld {
    return new RoutingWorld(router, rollout, objects);
  }

  put(resource: Resource, object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    this.routes[routeKey(resource, namespace, name)] = structuredClone(object);
  }

  get(resource: Resource, name: string = 'colors'): RoutedObject {
    const { namespace = '' } = this.rollout.metadata;
    const object = this.routes[routeKey(resource, namespace, name)];
    if (!object) throw new Error(`${resource.kind} ${name} is not there`);
    return object as RoutedObject;
  }

  get snapshot(): RoutedSnapshot {
    return structuredClone({
      rollout: this.rollout,
      routes: this.routes,
      services: this.services,
      servedKinds: this.servedKinds,
    });
  }

  observe(sides: TrafficSides): ObservedTraffic {
    return this.router.observe(this.snapshot, sides);
  }

  /** What is wrong, as `field: detail`. */
  get problems(): string[] {
    return this.router
      .validate(this.snapshot)
      .map(({ field, detail }) => `${field}: ${detail}`);
  }

  /** One turn. Returns the writes; what the router says of them is checked. */
  route(wanted: WantedTraffic): Write[] {
    const draft = new BaseDraft({});
    const changed = this.router.route(this.snapshot, wanted, draft, 'a test');
    if (changed !== draft.writes.length > 0) {
      throw new Error(
        `says ${changed} and plans ${draft.writes.length} writes`,
      );
    }
    for (const write of draft.writes) this.#apply(write);
    this.writes.push(...draft.writes);
    this.#note(wanted);
    return draft.writes;
  }

  /** As the planner notes it in the rollout's status. */
  #note({ weight, max, additional }: WantedTraffic): void {
    this.rollout.status = {
      canary: {
        weights: {
          canary: { weight },
          stable: { weight: max - weight },
          additional: additional.map(each => ({
            weight: each.weight,
            serviceName: each.service,
          })),
        },
      },
    };
  }

  #apply(write: Write): void {
    if (write.verb === 'create') {
      const { namespace = '', name } = write.object.metadata;
      const key = routeKey(write.resource, namespace, name);
      if (this.routes[key]) throw new Error(`${key} is there already`);
      this.#version++;
      this.routes[key] = {
        ...write.object,
        metadata: {
          ...write.object.metadata,
          uid: `uid-${name}`,
          resourceVersion: String(this.#version),
        },
      };
      return;
    }
    const key = routeKey(write.resource, write.namespace, write.name);
    if (!this.routes[key]) throw new Error(`${key} is not there`);
    if (write.verb !== 'patch') {
      delete this.routes[key];
      return;
    }
    const before = this.routes[key];
    this.routes[key] = (
      write.patchType === 'json'
        ? applyJsonPatch(before, write.patch)
        : applyMergePatch(before, write.patch)
    ) as KubeObject;
  }
}
