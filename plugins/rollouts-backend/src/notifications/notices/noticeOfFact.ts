import type { ApprovalFact } from '../../approvals/facts/ApprovalFact';
import { actOn } from './actOn';
import type { Notice } from './Notice';
import { personName } from '../../view/personName';
import { rolloutLink } from './rolloutLink';

/**
 * Whom to tell of what happened to an approval. Nobody is told of what they
 * did themselves, and what nobody has to act on or wait for is not told at all.
 *
 * @param owners - of the entity
 * @param tabPath - of the tab under the entity's page, such as `/rollouts`
 */
export function noticeOfFact(
  fact: ApprovalFact,
  owners: readonly string[],
  tabPath: string,
): Notice | undefined {
  const { ref, requestId, entityRef, action } = fact;
  const about = `${ref.namespace}/${ref.name}`;
  const act = actOn(about, action);
  const common = {
    key: `approval/${fact.sequence}`,
    link: rolloutLink(tabPath, entityRef, ref, requestId),
    scope: `approval/${requestId ?? fact.sequence}`,
    except: fact.by ? [fact.by] : [],
    severity: 'normal' as const,
  };
  switch (fact.kind) {
    case 'requested':
      return {
        ...common,
        topic: 'approval-asked',
        title: `Please decide: ${fact.label}, ${about}`,
        description: sentences(
          `${personName(fact.by)} asks for it.`,
          fact.reason,
          fact.authors.length > 0 &&
            `The change is by ${fact.authors.map(personName).join(', ')}.`,
        ),
        severity: 'high',
        recipients: fact.approvers,
        // Who may not decide is not asked.
        except: [...new Set([fact.by, ...fact.authors])],
      };
    case 'approved':
      return {
        ...common,
        topic: 'approval-decided',
        title: `Approved: ${act}`,
        description:
          fact.onApproval === 'act'
            ? 'The last approval carries it out, if nothing else keeps it.'
            : 'You can carry it out now.',
        recipients: [fact.requestedBy],
        // Also when the requester's own vote was the last.
        except: [],
      };
    case 'held':
      return {
        ...common,
        topic: 'approval-decided',
        title: `Approved, not carried out yet: ${act}`,
        description: fact.reason,
        recipients: [fact.requestedBy],
        except: [],
      };
    case 'rejected':
      return {
        ...common,
        topic: 'approval-decided',
        title: `Rejected: ${act}`,
        description: `${personName(fact.by)}: ${fact.reason}`,
        recipients: [fact.requestedBy],
      };
    case 'voided':
    case 'expired':
      return {
        ...common,
        topic: 'approval-decided',
        title: `${fact.kind === 'voided' ? 'Void' : 'Expired'}: the request to ${act}`,
        description: fact.reason,
        recipients: [fact.requestedBy],
      };
    case 'emergency':
      return {
        ...common,
        topic: 'emergency',
        title: `Emergency: ${personName(fact.by)} passed the locks to ${act}`,
        description: sentences(
          fact.reason,
          fact.policies.length > 0 && `Passed: ${fact.policies.join(', ')}.`,
        ),
        severity: 'critical',
        // The request is void in the same moment, which must not replace this.
        scope: `emergency/${fact.sequence}`,
        recipients: [...owners],
      };
    default:
      return undefined;
  }
}

function sentences(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
