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

/** An object and the kind that it is of. */
export type Routed = readonly [resource: Resource, object: KubeObject];

/** The objects of one router, changed by what it plans. */
export class RoutingWorld {
  readonly routes: Record<string, KubeObject> = {};
  readonly services: Record<string, Service> = {};
  readonly writes: Write[] = [];
  servedKinds?: Record<string, string | null>;
  #version = 1;

  constructor(
    readonly router: TrafficRouter,
    readonly rollout: Rollout,
    objects: readonly Routed[],
  ) {
    for (const [resource, object] of objects) this.put(resource, object);
  }

  put(resource: Resource, object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    this.routes[routeKey(resource, namespace, name)] = structuredClone(object);
  }

  get(resource: Resource, name: string): unknown {
    const { namespace = '' } = this.rollout.metadata;
    return this.routes[routeKey(resource, namespace, name)];
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
    return draft.writes;
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
