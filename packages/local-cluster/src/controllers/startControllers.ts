import { runController, Controller, ControllerContext } from './controller';
import { endpointSliceController } from './endpointslice/endpointSliceController';
import { keyOf } from './objects/key';
import { REPLICA_SETS, SERVICES } from './objects/resources';
import { replicaSetController } from './replicaset/replicaSetController';
import { GroupResource } from '../api/clusterApi';

/** A control loop and the resources whose existing objects it starts with. */
interface Registration {
  controller: (context: ControllerContext) => Controller;
  keys: GroupResource;
}

const REGISTRATIONS: Registration[] = [
  { controller: replicaSetController, keys: REPLICA_SETS },
  { controller: endpointSliceController, keys: SERVICES },
];

/** Starts every control loop. Returns what stops them all. */
export function startControllers(context: ControllerContext): () => void {
  const stops = REGISTRATIONS.map(({ controller, keys }) =>
    runController(
      controller(context),
      context,
      context.api.list(keys).map(keyOf),
    ),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
