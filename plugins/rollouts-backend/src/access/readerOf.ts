import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { principalOf } from './principalOf';

/** Who sends a request: a person or a service. */
export type ReaderCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** Whose limits a request counts towards: a person's ref, or a service's subject. */
export function readerOf({
  principal,
  ...credentials
}: ReaderCredentials): string {
  return principal.type === 'user'
    ? principalOf({ ...credentials, principal })
    : principal.subject;
}
