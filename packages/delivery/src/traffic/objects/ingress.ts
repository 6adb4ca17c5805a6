import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { listAt, textAt } from './fields';

/** networking.k8s.io/v1 Ingress: what of it is read here. */
export interface Ingress extends KubeObject {
  spec?: {
    ingressClassName?: string;
    tls?: unknown[];
    rules?: { host?: string; http?: { paths?: IngressPath[] } }[];
    [field: string]: unknown;
  };
}

/** One path of a rule, with the service that it leads to. */
export interface IngressPath {
  path?: string;
  pathType?: string;
  backend?: {
    service?: { name?: string; port?: { name?: string; number?: number } };
  };
}

/** The service that a path leads to. */
export function serviceOfPath(path: unknown): string | undefined {
  return textAt(path, 'backend', 'service', 'name');
}

/** Whether some rule leads to a service. */
export function leadsTo(ingress: KubeObject, service: string): boolean {
  return listAt(ingress, 'spec', 'rules').some(rule =>
    listAt(rule, 'http', 'paths').some(path => serviceOfPath(path) === service),
  );
}
