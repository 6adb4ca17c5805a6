import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Viewer } from '../approvals/ApprovalViews';
import { principalOf } from '../access/principalOf';
import type { RouterContext } from './RouterContext';

/**
 * Who looks at requests, by the entity of the request; `undefined` where they
 * may not look. One entity is asked about once.
 */
export function approvalViewer(
  { access, approvals }: Pick<RouterContext, 'access' | 'approvals'>,
  credentials: BackstageCredentials,
): (entityRef: string) => Promise<Viewer | undefined> {
  const principal = userOf(credentials);
  const known = new Map<string, Promise<Viewer | undefined>>();
  const standing = principal
    ? approvals.standings.of(principal)
    : Promise.resolve(undefined);
  // Whoever asks for a viewer gets the failure; nobody may ask.
  standing.catch(() => undefined);

  async function ask(entityRef: string): Promise<Viewer | undefined> {
    const readable = await access.readable(credentials, [entityRef]);
    if (!readable.has(entityRef)) {
      return undefined;
    }
    if (!principal) {
      return { mayDecide: false, mayAsk: false };
    }
    const permitted = await access.permitted(credentials, entityRef);
    return {
      principal,
      standing: await standing,
      mayDecide: permitted['decide-approval'],
      mayAsk: permitted['request-approval'],
    };
  }

  return entityRef => {
    const asked = known.get(entityRef) ?? ask(entityRef);
    known.set(entityRef, asked);
    return asked;
  };
}

function userOf(credentials: BackstageCredentials): string | undefined {
  return isUser(credentials) ? principalOf(credentials) : undefined;
}

function isUser(
  credentials: BackstageCredentials,
): credentials is BackstageCredentials<BackstageUserPrincipal> {
  const { type } = credentials.principal as Partial<BackstageUserPrincipal>;
  return type === 'user';
}
