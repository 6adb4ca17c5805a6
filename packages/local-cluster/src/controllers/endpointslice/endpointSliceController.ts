import { StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { equalJson } from '../../storage/equalJson';
import { Controller, ControllerContext } from '../controller';
import { keyOf, splitKey } from '../objects/key';
import { controllerReference, isControlledBy } from '../objects/ownership';
import { isTerminating } from '../objects/pod';
import { ENDPOINT_SLICES, PODS, SERVICES } from '../objects/resources';
import { planEndpointSlices, SliceContent } from './planEndpointSlices';

const MANAGER = 'endpointslice-controller.k8s.io';

/**
 * Keeps the EndpointSlices of services with a selector.
 *
 * Implemented: readiness, terminating endpoints, publishNotReadyAddresses,
 * named ports, slices of a hundred. Not implemented: the older Endpoints,
 * IPv6, zones and topology hints.
 */
export function endpointSliceController(
  context: ControllerContext,
): Controller {
  const { api } = context;

  function reconcile(key: string): void {
    const { namespace, name } = splitKey(key);
    const service = api.find(SERVICES, namespace, name);
    if (!service || isTerminating(service)) return;
    const wanted = planEndpointSlices(service, api.list(PODS, { namespace }));
    const current = api
      .list(ENDPOINT_SLICES, {
        namespace,
        labelSelector: `kubernetes.io/service-name=${name}`,
      })
      .filter(slice => isControlledBy(slice, service));
    for (const slice of wanted) {
      const known = current.find(
        ({ metadata }) => metadata.name === slice.name,
      );
      if (!known) api.create(ENDPOINT_SLICES, newSlice(service, slice));
      else if (differs(known, slice)) {
        api.update(ENDPOINT_SLICES, {
          ...known,
          endpoints: slice.endpoints,
          ports: slice.ports,
        });
      }
    }
    for (const { metadata } of current) {
      if (wanted.some(slice => slice.name === metadata.name)) continue;
      api.delete(ENDPOINT_SLICES, namespace, metadata.name);
    }
  }

  return {
    name: 'endpointslice-controller',
    observe: enqueue => [
      api.watch(SERVICES, ({ object }) => enqueue(keyOf(object))),
      api.watch(ENDPOINT_SLICES, ({ object }) => {
        const service = object.metadata.labels?.['kubernetes.io/service-name'];
        if (service) enqueue(`${object.metadata.namespace}/${service}`);
      }),
      api.watch(PODS, ({ object }) => {
        const { namespace, labels } = object.metadata;
        for (const service of api.list(SERVICES, { namespace })) {
          const matchLabels = service.spec?.selector;
          if (matchLabels && matchesSelector({ matchLabels }, labels)) {
            enqueue(keyOf(service));
          }
        }
      }),
    ],
    reconcile,
  };
}

function differs(known: StoredObject, slice: SliceContent): boolean {
  return (
    !equalJson(known.endpoints, slice.endpoints) ||
    !equalJson(known.ports, slice.ports)
  );
}

function newSlice(service: StoredObject, slice: SliceContent) {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: slice.name,
      namespace: service.metadata.namespace,
      labels: {
        ...service.metadata.labels,
        'kubernetes.io/service-name': service.metadata.name,
        'endpointslice.kubernetes.io/managed-by': MANAGER,
      },
      ownerReferences: [controllerReference(service)],
    },
    addressType: slice.addressType,
    endpoints: slice.endpoints,
    ports: slice.ports,
  };
}
