/*
The named segment of each of the 125 combinations of recency, frequency and monetary score, by one ordered list of rules of which the first that fits decides. One row per combination.

@grain rfm_score
@column rfm_score - the three scores as text, 555 is best
@column recency_score - 1 to 5
@column frequency_score - 1 to 5
@column monetary_score - 1 to 5
@column rfm_segment - one of eleven names
@check not_null(rfm_score, rfm_segment)
@check unique(rfm_score)
@check accepted_values(rfm_segment, 'Champions', 'Loyal', 'Potential Loyalist', 'New', 'Promising', 'Need Attention', 'About To Sleep', 'At Risk', 'Can''t Lose', 'Hibernating', 'Lost')
*/
with

scores as (

    select 1 as score
    union all
    select 2 as score
    union all
    select 3 as score
    union all
    select 4 as score
    union all
    select 5 as score

),

cells as (

    select
        recency.score as recency_score,
        frequency.score as frequency_score,
        monetary.score as monetary_score

    from scores as recency
    cross join scores as frequency
    cross join scores as monetary

),

final as (

    select
        cast(recency_score as varchar)
        || cast(frequency_score as varchar)
        || cast(monetary_score as varchar) as rfm_score,
        recency_score,
        frequency_score,
        monetary_score,
        case
            when recency_score >= 4 and frequency_score >= 4 and monetary_score >= 4
                then 'Champions'
            when recency_score <= 2 and frequency_score >= 4 and monetary_score >= 4
                then 'Can''t Lose'
            when recency_score <= 2 and frequency_score >= 3 then 'At Risk'
            when frequency_score >= 4 then 'Loyal'
            when recency_score = 5 and frequency_score = 1 then 'New'
            when recency_score = 4 and frequency_score = 1 then 'Promising'
            when recency_score >= 4 then 'Potential Loyalist'
            when recency_score = 3 and frequency_score >= 2 then 'Need Attention'
            when recency_score = 3 then 'About To Sleep'
            when recency_score = 2 then 'Hibernating'
            else 'Lost'
        end as rfm_segment

    from cells

)

select * from final
