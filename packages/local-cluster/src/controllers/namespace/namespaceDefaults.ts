import { ApiError } from '../../api/apiError';
import { GroupResource, NewObject } from '../../api/clusterApi';
import { Controller, ControllerContext } from '../controller';
import { isTerminating } from '../objects/pod';
import { NAMESPACES } from '../objects/resources';

const SERVICE_ACCOUNTS = { group: '', resource: 'serviceaccounts' };
const CONFIG_MAPS = { group: '', resource: 'configmaps' };
const ROOT_CA = 'kube-root-ca.crt';

/**
 * Gives every namespace what pods expect there: the service account
 * `default`, and the certificate of the API server in `kube-root-ca.crt`.
 * Both come back when somebody deletes or changes them. Keys are `/name`.
 * @param caCertificate - PEM; without it there is no config map
 */
export function namespaceDefaults(
  { api }: ControllerContext,
  caCertificate: string | undefined,
): Controller {
  function reconcile(key: string) {
    const namespace = key.slice(1);
    const found = api.find(NAMESPACES, undefined, namespace);
    if (!found || isTerminating(found)) return;
    if (!api.find(SERVICE_ACCOUNTS, namespace, 'default')) {
      create(SERVICE_ACCOUNTS, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace },
      });
    }
    if (caCertificate === undefined) return;
    const data = { 'ca.crt': caCertificate };
    const published = api.find(CONFIG_MAPS, namespace, ROOT_CA);
    if (!published) {
      create(CONFIG_MAPS, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: ROOT_CA,
          namespace,
          annotations: {
            'kubernetes.io/description':
              'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
          },
        },
        data,
      });
    } else if (published.data?.['ca.crt'] !== caCertificate) {
      api.update(CONFIG_MAPS, { ...published, data });
    }
  }

  function create(resource: GroupResource, object: NewObject): void {
    try {
      api.create(resource, object);
    } catch (error) {
      // The namespace may have begun to end meanwhile.
      if (!(error instanceof ApiError && isLost(error))) throw error;
    }
  }

  return {
    name: 'namespace-defaults',
    observe: enqueue => [
      api.watch(NAMESPACES, ({ object }) =>
        enqueue(`/${object.metadata.name}`),
      ),
      api.watch(SERVICE_ACCOUNTS, ({ type, object: { metadata } }) => {
        if (type === 'DELETED' && metadata.name === 'default') {
          enqueue(`/${metadata.namespace}`);
        }
      }),
      api.watch(CONFIG_MAPS, ({ type, object: { metadata } }) => {
        if (type !== 'ADDED' && metadata.name === ROOT_CA) {
          enqueue(`/${metadata.namespace}`);
        }
      }),
    ],
    reconcile,
  };
}

function isLost(error: ApiError): boolean {
  return error.code === 403 || error.code === 404 || error.code === 409;
}
