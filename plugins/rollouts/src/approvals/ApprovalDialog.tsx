import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import type {
  ApprovalRequestDetail,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useState } from 'react';
import { keepUnits } from '../format/sentence';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { decisionProblem, type ApprovalDecision } from './approvalDecision';
import { ApprovalNumbers } from './ApprovalNumbers';
import { ApprovalProgress } from './ApprovalProgress';
import { isOpen, type KnownApproval } from './approvalState';
import { effectInWords } from './effectInWords';
import { useApprovalAnswer } from './useApprovalAnswer';
import styles from './ApprovalDialog.module.css';

export interface ApprovalDialogProps {
  request: KnownApproval;
  rollout: RolloutDetail;
  decision: ApprovalDecision;
  onClose(): void;
  onAnswered(after?: ApprovalRequestDetail): void;
  /** The request may not be what it was. */
  onMoved(after?: ApprovalRequestDetail): void;
}

/** One answer to a request, with the numbers that decide in view. */
export const ApprovalDialog = (props: ApprovalDialogProps) => {
  const { request, rollout, decision, onClose } = props;
  const { t } = useRolloutsTranslation();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const answer = useApprovalAnswer(request, rollout, decision);
  const { error } = answer;
  const problem = decisionProblem(decision, text);
  const { label, snapshot } = request;
  const votes = decision === 'approve' || decision === 'reject';
  const ended =
    !isOpen(request) || (votes && request.state !== 'pending')
      ? t('approvals.dialog.ended', {
          state: t(`approvals.ended.${request.state}`).toLocaleLowerCase(),
        })
      : undefined;

  const send = async () => {
    setTried(true);
    if (problem) {
      return;
    }
    const { outcome, after } = await answer.send(text.trim());
    if (outcome === 'done') {
      props.onAnswered(after);
    } else {
      props.onMoved(after);
    }
  };

  return (
    <Dialog
      isOpen
      isDismissable={!answer.sending}
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
      width={600}
    >
      <DialogHeader>
        {t(`approvals.dialog.${decision}`, { label })}
      </DialogHeader>
      <DialogBody>
        <div className={styles.body}>
          {votes && (
            <>
              {request.reason && (
                <p className={styles.plain}>{request.reason}</p>
              )}
              {snapshot && (
                <ApprovalNumbers snapshot={snapshot} rollout={rollout} />
              )}
              <ApprovalProgress request={request} />
            </>
          )}
          <p className={styles.effect}>
            {decision === 'approve' && effectInWords(request, t, true)}
            {decision === 'reject' && t('approvals.dialog.rejectEffect')}
            {decision === 'withdraw' && t('approvals.dialog.withdrawEffect')}
          </p>
          {decision === 'approve' && snapshot && (
            <ul className={styles.consequences}>
              {snapshot.consequences.map(consequence => (
                <li key={consequence}>{keepUnits(consequence)}</li>
              ))}
            </ul>
          )}
          <TextAreaField
            label={
              decision === 'comment'
                ? t('approvals.dialog.text')
                : t('approvals.dialog.reason')
            }
            description={hint(decision)}
            rows={2}
            maxLength={2000}
            isRequired={decision === 'reject' || decision === 'comment'}
            isInvalid={tried && problem !== undefined}
            value={text}
            onChange={setText}
          />
          {tried && problem && (
            <p role="alert" className={styles.problem}>
              {t(`approvals.dialog.${problem}`)}
            </p>
          )}
          {answer.notice && (
            <div role="alert">
              <Alert status="warning" icon title={answer.notice} />
            </div>
          )}
          {ended && !answer.notice && (
            <Alert status="warning" icon title={ended} />
          )}
          {error && (
            <div role="alert">
              <Alert
                status="danger"
                icon
                title={error.message}
                description={
                  error.refusal?.remedy ??
                  (error.status === 0
                    ? t('approvals.dialog.noAnswer')
                    : undefined)
                }
              />
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        {!answer.notice && (
          <Button
            variant="primary"
            destructive={decision === 'reject'}
            isDisabled={
              ended !== undefined || (votes && rollout.stale !== undefined)
            }
            isPending={answer.sending}
            onPress={send}
          >
            {decision === 'approve'
              ? t('approvals.action.approveShort')
              : t(`approvals.action.${decision}`)}
          </Button>
        )}
        <Button
          variant="secondary"
          isDisabled={answer.sending}
          onPress={onClose}
        >
          {answer.notice
            ? t('approvals.action.close')
            : t('approvals.action.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );

  function hint(of: ApprovalDecision): string | undefined {
    if (of === 'reject') {
      return t('approvals.dialog.reasonRequired');
    }
    return of === 'comment' ? undefined : t('approvals.dialog.reasonOptional');
  }
};
