import { GroupResource } from '../api/clusterApi';
import { Controller, ControllerContext, runController } from './controller';
import { deploymentController } from './deployment/deploymentController';
import { disruptionController } from './disruption/disruptionController';
import { endpointSliceController } from './endpointslice/endpointSliceController';
import { expireEvents } from './events/expireEvents';
import { garbageCollector } from './garbage/garbageCollector';
import { jobController } from './job/jobController';
import { namespaceController } from './namespace/namespaceController';
import { namespaceDefaults } from './namespace/namespaceDefaults';
import { keyOf } from './objects/key';
import { KindSource } from './objects/kindSource';
import {
  DEPLOYMENTS,
  DISRUPTION_BUDGETS,
  JOBS,
  NAMESPACES,
  REPLICA_SETS,
  SERVICES,
} from './objects/resources';
import { replicaSetController } from './replicaset/replicaSetController';

export interface StartControllersOptions extends ControllerContext {
  /** The kinds that are served: garbage collection needs them all. */
  kinds: KindSource;
  /** Of the API server, PEM: published in every namespace. */
  caCertificate?: string;
}

/** A control loop, and the resource whose existing objects it starts with. */
type Registration = [
  (context: ControllerContext, kinds: KindSource) => Controller,
  GroupResource | undefined,
];

const REGISTRATIONS: Registration[] = [
  [deploymentController, DEPLOYMENTS],
  [replicaSetController, REPLICA_SETS],
  [jobController, JOBS],
  [endpointSliceController, SERVICES],
  [disruptionController, DISRUPTION_BUDGETS],
  [namespaceController, NAMESPACES],
  [garbageCollector, undefined],
];

/** Starts every control loop. Returns what stops them all. */
export function startControllers({
  kinds,
  caCertificate,
  ...context
}: StartControllersOptions): () => void {
  const registrations: Registration[] = [
    ...REGISTRATIONS,
    [() => namespaceDefaults(context, caCertificate), NAMESPACES],
  ];
  const stops = registrations.map(([controller, resource]) =>
    runController(
      controller(context, kinds),
      context,
      resource ? context.api.list(resource).map(keyOf) : [],
    ),
  );
  stops.push(expireEvents(context));
  return () => {
    for (const stop of stops) stop();
  };
}
