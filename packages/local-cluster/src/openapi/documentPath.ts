import { apiVersionOf } from '../kinds/kindDefinition';

/** `api/v1`, `apis/apps/v1` */
export function documentPath(group: string, version: string): string {
  return group ? `apis/${apiVersionOf(group, version)}` : `api/${version}`;
}
