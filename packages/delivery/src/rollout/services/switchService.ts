import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { selectedHash } from './selectedHash';

/** Points a service at a revision; nothing happens when it already is. */
export function switchService(
  context: RolloutContext,
  name: string | undefined,
  revision: Revision,
  why: string,
): void {
  const { rollout, snapshot, draft } = context;
  const service = name === undefined ? undefined : snapshot.services[name];
  const from = selectedHash(service);
  if (!service || from === revision.hash) return;
  draft.patch(
    RESOURCES.services,
    service,
    {
      metadata: {
        annotations: { [MANAGED_BY_ANNOTATION]: rollout.metadata.name },
      },
      spec: { selector: { [POD_TEMPLATE_HASH_LABEL]: revision.hash } },
    },
    `service ${name} selects ${revision.replicaSet.metadata.name}: ${why}`,
  );
  draft.event(
    'SwitchService',
    `Switched selector for service '${name}' from '${from ?? ''}' to '${revision.hash}'`,
  );
}
