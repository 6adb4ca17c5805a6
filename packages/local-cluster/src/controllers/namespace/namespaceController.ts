import { ApiError } from '../../api/apiError';
import { StoredObject } from '../../api/clusterApi';
import { Controller, ControllerContext } from '../controller';
import { KindSource } from '../objects/kindSource';
import { isTerminating } from '../objects/pod';
import { NAMESPACES } from '../objects/resources';
import { deletionConditions } from './deletionConditions';

/** How often a namespace is looked at while things in it end. */
const AGAIN_MS = 500;

/**
 * Empties namespaces that are being deleted, and then lets them go. Pods end
 * gracefully first. Keys are `/name`.
 */
export function namespaceController(
  { api, clock }: ControllerContext,
  kinds: KindSource,
): Controller {
  function reconcile(key: string) {
    const name = key.slice(1);
    const namespace = api.find(NAMESPACES, undefined, name);
    if (!namespace || !isTerminating(namespace)) return undefined;
    const left: StoredObject[] = [];
    const kindsLeft: string[] = [];
    for (const kind of kinds.all()) {
      if (!kind.namespaced) continue;
      for (const object of api.list(kind, { namespace: name })) {
        if (!isTerminating(object)) {
          ignoreGone(() =>
            api.delete(kind, name, object.metadata.name, {
              propagationPolicy: 'Background',
              preconditions: { uid: object.metadata.uid },
            }),
          );
        }
        const remaining = api.find(kind, name, object.metadata.name);
        if (!remaining) continue;
        left.push(remaining);
        kindsLeft.push([kind.resource, kind.group].join('.'));
      }
    }
    if (left.length > 0) {
      const status = {
        ...namespace.status,
        conditions: deletionConditions(namespace, left, kindsLeft, clock.now()),
      };
      api.update(
        NAMESPACES,
        { ...namespace, status },
        { subresource: 'status' },
      );
      return { wakeAt: clock.now() + AGAIN_MS };
    }
    api.update(
      NAMESPACES,
      { ...namespace, spec: { ...namespace.spec, finalizers: [] } },
      { subresource: 'finalize' },
    );
    return undefined;
  }

  return {
    name: 'namespace-controller',
    observe: enqueue => [
      api.watch(NAMESPACES, ({ object }) =>
        enqueue(`/${object.metadata.name}`),
      ),
    ],
    reconcile,
  };
}

function ignoreGone(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 404)) throw error;
  }
}
