import type { NotificationPayload } from '@backstage/plugin-notifications-common';

/** What people can choose to hear of; topics of Backstage's notifications. */
export const NOTICE_TOPICS = [
  'approval-asked',
  'approval-decided',
  'emergency',
  'rolled-back',
  'finished',
  'stuck',
] as const;

export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

/** Something to tell some people, once. */
export interface Notice {
  /** The same on every replica: who has put it on record sends it. */
  key: string;
  topic: NoticeTopic;
  title: string;
  description?: string;
  severity: NonNullable<NotificationPayload['severity']>;
  /** What belongs together replaces what was said before in people's lists. */
  scope: string;
  /** Of the portal, from its root: `/catalog/default/component/colors/rollouts`. */
  link: string;
  /** Refs of users and groups. */
  recipients: string[];
  /** Refs of users who did it themselves. */
  except: string[];
}
