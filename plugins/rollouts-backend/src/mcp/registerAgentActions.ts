import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { AgentApi } from './AgentApi';
import { registerAct } from './actions/act';
import { registerApprove } from './actions/approve';
import { registerShowHistory } from './actions/showHistory';
import { registerShowRollout } from './actions/showRollout';
import { registerSimulate } from './actions/simulate';
import { registerWaitingForMe } from './actions/waitingForMe';

/** What agents can do, in the name of a person. */
export function registerAgentActions(options: {
  actionsRegistry: ActionsRegistryService;
  auth: AuthService;
  discovery: DiscoveryService;
}): void {
  const { actionsRegistry } = options;
  const api = new AgentApi(options);
  registerWaitingForMe(actionsRegistry, api);
  registerShowRollout(actionsRegistry, api);
  registerShowHistory(actionsRegistry, api);
  registerSimulate(actionsRegistry, api);
  registerAct(actionsRegistry, api);
  registerApprove(actionsRegistry, api);
}
