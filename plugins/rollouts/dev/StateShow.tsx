import type { Entity } from '@backstage/catalog-model';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { ResponseError } from '@backstage/errors';
import { approvalState } from '../src/__fixtures__/approvalStates';
import { StateApprovalsApi } from '../src/__fixtures__/StateApprovalsApi';
import { StateRolloutsApi } from '../src/__fixtures__/StateRolloutsApi';
import { stateHistory } from '../src/__fixtures__/historyStates';
import type {
  ApprovalStateName,
  HistoryStateName,
  StateName,
} from '../src/__fixtures__/stateNames';
import { stateResponse } from '../src/__fixtures__/states';
import { approvalsApiRef } from '../src/api/ApprovalsApi';
import { historyApiRef } from '../src/api/HistoryApi';
import { rolloutsApiRef } from '../src/api/RolloutsApi';
import { EntityRolloutsCard } from '../src/card/EntityRolloutsCard';
import { EntityRolloutsContent } from '../src/content/EntityRolloutsContent';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'colors',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'colors' },
  },
  spec: { type: 'service', owner: 'colors-owners', lifecycle: 'production' },
};

const bare: Entity = {
  ...entity,
  metadata: { ...entity.metadata, annotations: {} },
};

function failureOf(state: StateName): Error | undefined {
  if (state === 'forbidden') {
    return Object.assign(new Error('Forbidden'), {
      name: 'ResponseError',
      statusCode: 403,
    } satisfies Partial<ResponseError>);
  }
  return state === 'error'
    ? new Error('Request failed with 503 Service Unavailable')
    : undefined;
}

/** The card or the tab in one state. */
export const StateShow = (props: {
  state: StateName;
  approval?: ApprovalStateName;
  history?: HistoryStateName;
  view: 'card' | 'tab';
}) => {
  const { state, approval, history, view } = props;
  const [api, approvalsApi] = useMemo(() => {
    const now = Date.now();
    const response = stateResponse(state, now);
    if (!approval || !response) {
      return [
        new StateRolloutsApi(response, failureOf(state)),
        new StateApprovalsApi(),
      ];
    }
    const { rollout, access, requests } = approvalState(approval, now);
    return [
      new StateRolloutsApi({ ...response, rollouts: [{ rollout, access }] }),
      new StateApprovalsApi(requests),
    ];
  }, [state, approval]);
  const historyApi = useMemo(
    () => stateHistory(history, Date.now()),
    [history],
  );
  return (
    <TestApiProvider
      apis={[
        [rolloutsApiRef, api],
        [approvalsApiRef, approvalsApi],
        [historyApiRef, historyApi],
      ]}
    >
      <EntityProvider entity={state === 'not-annotated' ? bare : entity}>
        {view === 'card' ? <EntityRolloutsCard /> : <EntityRolloutsContent />}
      </EntityProvider>
    </TestApiProvider>
  );
};
