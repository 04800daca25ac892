/* Shared by the files of CPlatform. */
#ifndef CPLATFORM_INTERNAL_H
#define CPLATFORM_INTERNAL_H

#include <errno.h>

/* The value of `call`, or the negated errno; repeats it while it is interrupted. */
#define CP_RESULT(call)                                \
    ({                                                 \
        __typeof__(call) result_;                      \
        do {                                           \
            result_ = (call);                          \
        } while (result_ < 0 && errno == EINTR);       \
        result_ < 0 ? (__typeof__(call))-errno : result_; \
    })

#endif
