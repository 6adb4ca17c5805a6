import { readFileSync } from 'fs';
import { resolve } from 'path';
import type {
  ActionRequest,
  ActionResult,
  ActionRefusal,
} from '../actions/actions';
import { ROLLOUT_ACTIONS } from '../actions/actions';
import type { ReleaseComparison } from '../history/comparison';
import type { MeasuresResponse } from '../history/measures';
import type { HistoryVerification } from '../history/verification';
import type { Release, ReleasePage } from '../history/release';
import type {
  ApprovalPage,
  ApprovalPolicyView,
  ApprovalRequestDetail,
  ApproveRequest,
  CreateApprovalRequest,
  RejectRequest,
} from '../approvals/approval';
import type {
  CreateFreezeRequest,
  FreezeOccurrence,
  FreezeView,
} from '../freezes/freeze';
import type { ClusterView } from '../view/cluster';
import type {
  EntityRolloutsResponse,
  RolloutPage,
  RolloutResponse,
} from '../view/responses';
import type { FleetPage, FleetWaiting } from '../fleet/responses';
import type { AnalysisRunView, RolloutDetail } from '../view/rollout';
import type {
  LintRequest,
  LintResponse,
  SimulateRequest,
  SimulateResponse,
} from '../preview/preview';
import type { components } from './schema.gen';

type Schemas = components['schemas'];

/** Fails to compile unless each of the two can stand for the other. */
function same<A, B>(
  _proof: [A] extends [B] ? ([B] extends [A] ? true : never) : never,
) {
  return true;
}

describe('the OpenAPI description', () => {
  it('describes exactly the types that the code uses', () => {
    expect([
      same<ActionRequest, Schemas['ActionRequest']>(true),
      same<ActionResult, Schemas['ActionResult']>(true),
      same<ActionRefusal, Schemas['ActionRefusal']>(true),
      same<HistoryVerification, Schemas['HistoryVerification']>(true),
      same<ClusterView, Schemas['ClusterView']>(true),
      same<RolloutDetail, Schemas['RolloutDetail']>(true),
      same<AnalysisRunView, Schemas['AnalysisRunView']>(true),
      same<RolloutResponse, Schemas['RolloutResponse']>(true),
      same<RolloutPage, Schemas['RolloutPage']>(true),
      same<FleetPage, Schemas['FleetPage']>(true),
      same<FleetWaiting, Schemas['FleetWaiting']>(true),
      same<ApprovalPage, Schemas['ApprovalPage']>(true),
      same<ApprovalPolicyView, Schemas['ApprovalPolicyView']>(true),
      same<ApprovalRequestDetail, Schemas['ApprovalRequestDetail']>(true),
      same<CreateApprovalRequest, Schemas['CreateApprovalRequest']>(true),
      same<ApproveRequest, Schemas['ApproveRequest']>(true),
      same<RejectRequest, Schemas['RejectRequest']>(true),
      same<CreateFreezeRequest, Schemas['CreateFreezeRequest']>(true),
      same<FreezeView, Schemas['FreezeView']>(true),
      same<FreezeOccurrence, Schemas['FreezeOccurrence']>(true),
      same<EntityRolloutsResponse, Schemas['EntityRolloutsResponse']>(true),
      same<LintRequest, Schemas['LintRequest']>(true),
      same<LintResponse, Schemas['LintResponse']>(true),
      same<SimulateRequest, Schemas['SimulateRequest']>(true),
      same<SimulateResponse, Schemas['SimulateResponse']>(true),
      same<Release, Schemas['Release']>(true),
      same<ReleasePage, Schemas['ReleasePage']>(true),
      same<ReleaseComparison, Schemas['ReleaseComparison']>(true),
      same<MeasuresResponse, Schemas['MeasuresResponse']>(true),
    ]).not.toContain(false);
  });

  it('names every action', () => {
    const text = readFileSync(resolve(__dirname, '../../openapi.yaml'), 'utf8');
    const listed = /RolloutAction:\n\s+type: string\n\s+enum:\n((?:\s+- .*\n)+)/
      .exec(text)?.[1]
      ?.match(/[a-z-]+(?=\n)/g)
      ?.map(action => action.replace(/^-/, ''));
    expect(listed).toEqual([...ROLLOUT_ACTIONS]);
  });
});
