/* Contracts proposed, compared, accepted. What is live and whether it holds: cmd_contract.c. */
#ifndef CLV_APP_CONTRACTS_H
#define CLV_APP_CONTRACTS_H

#include "app/command.h"

/* propose [FILE...]: a contract as YAML, from the files or from what the store has accepted. Checks that the files themselves do not keep are left
 * out. {contract, text, fields, checks, left_out:[id]}. */
enum rc contracts_propose(struct call *call);
/* diff FILE: against the live one of its entity. {entity, live, digest, changes:[{change, check, was, now, line}], added, removed, loosened,
 * tightened, changed}. */
enum rc contracts_diff(struct call *call);
/* accept FILE --by NAME --reason TEXT [--digest HEX]: it is live from now on. {entity, version, digest, entry_hash} and those of diff. RC_APPROVAL
 * (CMD-197): no name or reason; (CMD-198): the file is not the one whose digest was given. */
enum rc contracts_accept(struct call *call);
/* log [ENTITY]: every contract that was accepted. */
enum rc contracts_log(struct call *call);

#endif
