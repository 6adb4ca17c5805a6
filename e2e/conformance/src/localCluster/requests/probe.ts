import type { Answer, RawApi } from './rawApi';

/** Something asked of both clusters whose answers have to be the same. */
export interface Probe {
  what: string;
  /** In a namespace of its own. @returns what is compared, as JSON */
  ask(api: RawApi, namespace: string): Promise<unknown>;
  /** Why the local cluster answers otherwise on purpose. */
  documented?: string;
}

/** Of an object's status, as far as it is compared. */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
}

/** What an answer says beside the object: its status and, of a refusal, why. */
export function verdict({ status, body }: Answer): unknown {
  if (status < 300) return status;
  const { reason, message, details } = body;
  return { status, reason: reason || undefined, message, details };
}

/** The same without its words, where they are about Go. */
export function outcome({ status, body }: Answer): unknown {
  return [status, status < 300 ? undefined : body.reason || undefined];
}

export const configMap = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { key: 'value' },
  ...more,
});

export const template = (app: string, container: object = {}) => ({
  metadata: { labels: { app } },
  spec: {
    containers: [{ name: 'c', image: 'demo/colors:blue', ...container }],
  },
});

export const core = (namespace: string, plural: string, name = '') =>
  `/api/v1/namespaces/${namespace}/${plural}${name && `/${name}`}`;

export const apps = (namespace: string, plural: string, name = '') =>
  `/apis/apps/v1/namespaces/${namespace}/${plural}${name && `/${name}`}`;

export const batch = (namespace: string, plural: string, name = '') =>
  `/apis/batch/v1/namespaces/${namespace}/${plural}${name && `/${name}`}`;
