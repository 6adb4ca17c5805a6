import type {
  ApprovalRequestDetail,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ApprovalPanel } from './ApprovalPanel';
import type { KnownApproval } from './approvalState';

/** The requests that belong to a rollout, those that are open first. */
export const ApprovalPanels = (props: {
  rollout: RolloutDetail;
  approvals?: KnownApproval[];
  onApprovals?(after?: ApprovalRequestDetail): void;
  full?: boolean;
}) => (
  <>
    {props.approvals?.map(request => (
      <ApprovalPanel
        key={request.id}
        request={request}
        rollout={props.rollout}
        full={props.full}
        onAnswered={after => props.onApprovals?.(after)}
      />
    ))}
  </>
);
