/**
 * Denied-party screening: names of businesses and buyers against the lists of the United Nations
 * Security Council (consolidated list), the European Union (restrictive measures, Article 215 TFEU),
 * the United States Treasury (OFAC, Specially Designated Nationals) and Commerce (BIS, Denied
 * Persons, 15 CFR 764.3). A score ranks and gives its reasons; an officer decides. Lists are dated
 * files that an operator reads in; without one nobody is clear.
 */
export { decide as decideScreening, type NewDecision } from './decide.ts'
export { blockedAmong } from './find-blocked.ts'
export { screeningState, type SubjectPlace } from './find-subjects.ts'
export { followNames } from './follow-names.ts'
export { readList, type ListFile } from './import/index.ts'
export { keepList, type KeepOptions, type KeptList } from './keep-list.ts'
export type { KeptHit } from './kept-hit.ts'
export { listCodes, type ListCode, type ListedEntry, type ReadList } from './listed.ts'
export { openScreening, type Screening } from './open-screening.ts'
export { rescreenDue, screenBusiness, screenSubjects } from './screen-subjects.ts'
export type { ScreenedSubject, Subject } from './screen-subjects.ts'
export { createScreener, reviewFrom, type Hit, type Screener } from './screener.ts'
