/**
 * A line of the file that partner schools send each term. The format is theirs, and so is this
 * declaration: what it holds about children is listed in child-privacy.yaml.
 */
export interface SchoolFeedRow {
  clubChildId: string;
  pupilName: string;
  studentNumber: string;
  term: string;
}
