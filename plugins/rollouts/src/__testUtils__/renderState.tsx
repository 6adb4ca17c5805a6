import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { RenderResult } from '@testing-library/react';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { approvalsApiRef, type ApprovalsApi } from '../api/ApprovalsApi';
import { historyApiRef, type HistoryApi } from '../api/HistoryApi';
import { rolloutsApiRef, type RolloutsApi } from '../api/RolloutsApi';
import { ClockContext, type Clock } from '../live/useNow';
import { stateHistory } from '../__fixtures__/historyStates';
import { StateApprovalsApi } from '../__fixtures__/StateApprovalsApi';
import { StateRolloutsApi } from '../__fixtures__/StateRolloutsApi';
import { approvalState } from '../__fixtures__/approvalStates';
import type { ApprovalStateName, StateName } from '../__fixtures__/stateNames';
import { stateResponse } from '../__fixtures__/states';

/** The demo's component. */
export const colorsEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'colors',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'colors' },
  },
  spec: { type: 'service', owner: 'colors-owners', lifecycle: 'production' },
};

/** Tells the time but never ticks. */
const stillClock: Clock = { now: Date.now, every: () => () => {} };

/** What the backend answers in a state in which it does. */
export function answerOf(state: StateName): EntityRolloutsResponse {
  const response = stateResponse(state, Date.now());
  if (!response) {
    throw new Error(`There is no answer in the state ${state}`);
  }
  return response;
}

/** Renders part of the entity page on an API. */
export function renderOn(
  api: RolloutsApi,
  element: JSX.Element,
  entity: Entity = colorsEntity,
  options: {
    approvals?: ApprovalsApi;
    history?: HistoryApi;
    path?: string;
  } = {},
): RenderResult {
  return renderInTestApp(
    <ClockContext.Provider value={stillClock}>
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </ClockContext.Provider>,
    {
      apis: [
        [rolloutsApiRef, api],
        [approvalsApiRef, options.approvals ?? new StateApprovalsApi()],
        [historyApiRef, options.history ?? stateHistory(undefined, Date.now())],
      ],
      initialRouteEntries: [options.path ?? '/'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

/** Renders part of the entity page in one state. */
export function renderState(
  state: StateName,
  element: JSX.Element,
): RenderResult & { api: StateRolloutsApi } {
  const api = new StateRolloutsApi(stateResponse(state, Date.now()));
  return { api, ...renderOn(api, element) };
}

/** Renders part of the entity page in one state of approvals. */
export function renderApprovals(
  state: ApprovalStateName,
  element: JSX.Element,
): RenderResult & { api: StateRolloutsApi; approvals: StateApprovalsApi } {
  const { rollout, access, requests } = approvalState(state, Date.now());
  const api = new StateRolloutsApi({
    ...answerOf('paused'),
    rollouts: [{ rollout, access }],
  });
  const approvals = new StateApprovalsApi(requests);
  return {
    api,
    approvals,
    ...renderOn(api, element, undefined, { approvals }),
  };
}
