/*
The models of the as-of date: parameters, standard errors, fit, which one was chosen and why, and what the data does not identify. One row per model and parameter.

@grain subject, model, parameter
@column subject - purchases: when customers buy; spend: how much; churn: who will not order within the horizon
@column model - name of the model; logistic for churn
@column parameter - name of the parameter, as in the papers; for churn the feature
@column parameter_position - its position in the model, from 1; null for churn
@column parameter_meaning - what it says of the customers
@column parameter_unit - weeks, per week, share, currency, log-odds, or none for a shape without a unit
@column value - the estimate
@column standard_error - its standard error; null where the parameter is at a bound or not identified
@column at_bound - lower or upper where the search ran to the end of its space; null where it did not
@column customers - customers that the model was fitted to; null for the constant spend model
@column log_likelihood - log-likelihood with times in weeks; null for churn and the constant spend model
@column bic - Bayesian information criterion; null likewise
@column is_chosen - whether predictions come from it
@column choice_reason - why the model of this subject was chosen; null where nothing could be tested
@column limit_model - the simpler model that it has become; null where it is one of its own
@column diagnosis - what the data does not identify, in words; empty if nothing
@check not_null(subject, model, parameter, parameter_meaning, parameter_unit, value, is_chosen, diagnosis)
@check unique(subject, model, parameter)
@check accepted_values(subject, 'purchases', 'spend', 'churn')
@check range(standard_error, 0, null)
*/
with

fits as (

    select * from {{ ref('model_fits') }}

),

cuts as (

    select * from {{ ref('backtest_cuts') }}

),

purchase_choices as (

    select * from {{ ref('purchase_model_choice') }}

),

spend_choices as (

    select * from {{ ref('spend_model_choice') }}

),

churn as (

    select * from {{ ref('churn_models') }}

),

chosen as (

    select
        'purchases' as subject,

        max(model) filter (where is_chosen) as model,
        max(choice_reason) as choice_reason

    from purchase_choices

    union all

    select
        'spend' as subject,

        max(model) filter (where is_chosen) as model,
        max(choice_reason) as choice_reason

    from spend_choices

),

latest_fits as (

    select
        fits.*,
        case
            when fits.model in ('gamma-gamma', 'gamma-gamma-all', 'constant')
                then 'spend'
            else 'purchases'
        end as subject

    from fits
    inner join cuts
        on fits.cut_date = cuts.cut_date
    where cuts.cut_role = 'score'

),

final as (

    select
        latest_fits.subject,
        latest_fits.model,
        latest_fits.parameter,
        latest_fits.parameter_position,
        latest_fits.parameter_meaning,
        latest_fits.parameter_unit,
        latest_fits.value,
        latest_fits.standard_error,
        latest_fits.at_bound,
        latest_fits.customers,
        latest_fits.log_likelihood,
        latest_fits.bic,
        coalesce(latest_fits.model = chosen.model, false) as is_chosen,
        chosen.choice_reason,
        latest_fits.limit_model,
        latest_fits.diagnosis

    from latest_fits
    left join chosen
        on latest_fits.subject = chosen.subject

    union all

    select
        'churn' as subject,
        'logistic' as model,
        churn.feature as parameter,
        null as parameter_position,
        churn.feature_meaning as parameter_meaning,
        'log-odds' as parameter_unit,
        churn.coefficient as value,
        churn.standard_error,
        null as at_bound,
        churn.customers,
        null as log_likelihood,
        null as bic,
        true as is_chosen,
        churn.choice_reason,
        null as limit_model,
        '' as diagnosis

    from churn
    inner join cuts
        on churn.cut_date = cuts.cut_date
    where cuts.cut_role = 'score'

)

select * from final
