import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A service behind a rule. */
export interface ApisixBackend {
  serviceName?: string;
  weight?: number;
}

/** One HTTP rule of an ApisixRoute. */
export interface ApisixRule {
  name?: string;
  priority?: number;
  match?: { exprs?: unknown[] };
  backends?: ApisixBackend[];
}

/** apisix.apache.org ApisixRoute: what of it is read here. */
export interface ApisixRoute extends KubeObject {
  spec?: { http?: ApisixRule[] };
}
