/* Latencies in nanoseconds, counted in buckets of at most 1.6 % width: constant memory, no sorting. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

/* 64 linear steps in each power of two; values below 128 ns are exact. */
enum { histogram_steps = 64, histogram_buckets = 60 * histogram_steps };

struct histogram {
    uint64_t counts[histogram_buckets];
    uint64_t total;
    uint64_t largest;
};

static inline unsigned histogram_bucket(uint64_t value) {
    if (value < 2 * histogram_steps) return (unsigned)value;
    unsigned shift = 57 - (unsigned)__builtin_clzll(value);
    return shift * histogram_steps + (unsigned)(value >> shift);
}

/* The largest value that falls into a bucket. */
static inline uint64_t histogram_edge(unsigned bucket) {
    if (bucket < 2 * histogram_steps) return bucket;
    unsigned shift = bucket / histogram_steps - 1;
    uint64_t step = bucket - (uint64_t)shift * histogram_steps;
    return ((step + 1) << shift) - 1;
}

static inline void histogram_add(struct histogram *histogram, uint64_t value) {
    unsigned bucket = histogram_bucket(value);
    if (bucket >= histogram_buckets) bucket = histogram_buckets - 1;
    histogram->counts[bucket]++;
    histogram->total++;
    if (value > histogram->largest) histogram->largest = value;
}

/* The value that `share` (0 to 1) of all do not exceed; 0 for an empty histogram. */
static inline uint64_t histogram_quantile(const struct histogram *histogram, double share) {
    uint64_t rank = (uint64_t)(share * (double)histogram->total), seen = 0;
    if (rank >= histogram->total && histogram->total > 0) rank = histogram->total - 1;
    for (unsigned bucket = 0; bucket < histogram_buckets; bucket++) {
        seen += histogram->counts[bucket];
        if (seen > rank) {
            uint64_t edge = histogram_edge(bucket);
            return edge < histogram->largest ? edge : histogram->largest;
        }
    }
    return histogram->largest;
}

#endif
