import type {
  ApprovalDelegates,
  ApprovalPolicySource,
  ApprovalsExtensionPoint,
  ChangeAuthors,
} from './approvalsExtensionPoint';

/** What modules have added, gathered for the plugin. @public */
export class ApprovalExtensions implements ApprovalsExtensionPoint {
  readonly sources: ApprovalPolicySource[] = [];
  readonly delegates: ApprovalDelegates[] = [];
  readonly authors: ChangeAuthors[] = [];

  addPolicySource(source: ApprovalPolicySource): void {
    this.sources.push(source);
  }

  addDelegates(delegates: ApprovalDelegates): void {
    this.delegates.push(delegates);
  }

  addChangeAuthors(authors: ChangeAuthors): void {
    this.authors.push(authors);
  }
}
